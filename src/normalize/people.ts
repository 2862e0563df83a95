import type { Person } from '../model/feed.ts';
import { foldSpace } from '../text/space.ts';

const address = /[^\s<>()[\]:;,"'&]{1,64}@[^\s<>()[\]:;,"'&]{1,190}/;

/**
 * A person as RSS writes one: `a@example.org (Name)`, `Name (a@example.org)`, `Name <a@example.org>`, an
 * address, a name. Undefined when nothing is there.
 */
export function personFromText(text: string): Person | undefined {
  const folded = foldSpace(text.slice(0, 1024));
  const found = folded.includes('@') ? address.exec(folded) : null;
  if (found === null) return person(folded.replace(/^\(([^()]*)\)$/, '$1'));
  const email = found[0].replace(/^mailto:/i, '').replace(/[.,]+$/, '');
  const rest = `${folded.slice(0, found.index)} ${folded.slice(found.index + found[0].length)}`;
  const name = foldSpace(rest.replace(/\bmailto:/i, ' ').replace(/[()<>[\]]/g, ' ')).replace(
    /^[-,:;"' ]+|[-,:;"' ]+$/g,
    '',
  );
  return person(name, email);
}

/** Undefined when there is neither a name nor an address nor a URL. */
export function person(
  name: string | undefined,
  email?: string,
  url?: string,
  role?: string,
): Person | undefined {
  if (!name && !email && !url) return undefined;
  return {
    ...(name ? { name } : {}),
    ...(email ? { email } : {}),
    ...(url ? { url } : {}),
    ...(role ? { role } : {}),
  };
}

/** People without repeats: who has the same name or address is the same, and what is known of one is joined. */
export function mergePeople(people: readonly (Person | undefined)[]): readonly Person[] | undefined {
  const merged: Person[] = [];
  for (const next of people) {
    if (next === undefined) continue;
    const at = merged.findIndex((known) => isSame(known, next));
    const known = merged[at];
    if (known === undefined) {
      if (merged.length < maxPeople) merged.push(next);
    } else merged[at] = { ...next, ...known };
  }
  return merged.length === 0 ? undefined : merged;
}

const maxPeople = 64;

function isSame(a: Person, b: Person): boolean {
  if (a.role !== b.role) return false;
  if (a.email !== undefined && a.email === b.email) return true;
  return a.name !== undefined && a.name.toLowerCase() === b.name?.toLowerCase() && (!a.email || !b.email);
}
