import { complaint, type Check, type Complaint } from './complaint.ts';
import type { Element } from './elements.ts';
import { language, soundCharacters } from './texts.ts';

/** What an element may hold. */
export interface Shape {
  /** Checks of its attributes; others than these it must not have. */
  readonly attributes?: Readonly<Record<string, Check>>;
  readonly requires?: readonly string[];
  /** The check of its text; without it, it has none. */
  readonly text?: Check;
  readonly children?: Readonly<Record<string, Shape>>;
  /** Those of its children that may come twice. */
  readonly repeats?: readonly string[];
  /** Checks of the whole. */
  readonly whole?: (element: Element, at: string) => readonly Complaint[];
}

/** What speaks against an element and all within it. */
export function shapeComplaints(element: Element, shape: Shape, around = ''): readonly Complaint[] {
  const at = around === '' ? element.name : `${around}/${element.name}`;
  return [
    ...attributeComplaints(element, shape, at),
    ...textComplaints(element, shape, at),
    ...childComplaints(element, shape, at, element.name),
    ...(shape.whole?.(element, at) ?? []),
  ];
}

function attributeComplaints(element: Element, shape: Shape, at: string): readonly Complaint[] {
  const { attributes = {}, requires = [] } = shape;
  const missing = requires.filter((name) => !element.attributes.has(name));
  const given = [...element.attributes].filter(([name]) => !name.startsWith('xmlns'));
  return [
    ...missing.map((name) => complaint(name === 'href' ? 'MissingHref' : 'MissingAttribute', at, name)),
    ...given.flatMap(([name, value]) => {
      const check = name === 'xml:lang' ? language : attributes[name];
      const place = `${at}/@${name}`;
      return [
        ...soundCharacters(value, place, ''),
        ...(check ? check(value, place, element.written) : [complaint('UnexpectedAttribute', at, name)]),
      ];
    }),
  ];
}

function textComplaints({ text, written }: Element, shape: Shape, at: string): readonly Complaint[] {
  if (shape.text) return [...soundCharacters(text, at, ''), ...shape.text(text, at, written)];
  return text.trim() === '' ? [] : [complaint('UnexpectedText', at, text.trim())];
}

function childComplaints(element: Element, shape: Shape, at: string, name: string): readonly Complaint[] {
  const { children = {}, repeats = [] } = shape;
  const seen = new Set<string>();
  return element.children.flatMap((child) => {
    // What nobody registered is nobody's business but for its characters.
    if (child.name.startsWith('?')) return foreignComplaints(child, at);
    const known = children[child.name];
    if (!known) return [complaint('UndefinedElement', at, child.name)];
    const isSecond = seen.has(child.name) && !repeats.includes(child.name);
    seen.add(child.name);
    const inside = shapeComplaints(child, known, name);
    return isSecond ? [complaint('DuplicateElement', at, child.name), ...inside] : inside;
  });
}

function foreignComplaints(element: Element, around: string): readonly Complaint[] {
  const at = `${around}/${element.name}`;
  return [
    ...[element.text, ...element.attributes.values()].flatMap((value) => soundCharacters(value, at, '')),
    ...element.children.flatMap((child) => foreignComplaints(child, at)),
  ];
}

/** For each of these children that is missing. */
export const requireChildren =
  (names: readonly string[], rule = 'MissingElement') =>
  (element: Element, at: string): readonly Complaint[] =>
    names
      .filter((name) => !element.children.some((child) => child.name === name))
      .map((name) => complaint(rule, at, name));

/** For each value that comes a second time. */
export function repeated(values: readonly string[], rule: string, at: string): readonly Complaint[] {
  const seen = new Set<string>();
  return values.flatMap((value) => {
    if (seen.has(value)) return [complaint(rule, at, value)];
    seen.add(value);
    return [];
  });
}
