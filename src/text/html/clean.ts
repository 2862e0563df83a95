import { stripForbidden } from '../xml-chars.ts';
import { allowedTags, type AllowedTag } from './allowed-tags.ts';
import { mayStandIn, missingParents, openBefore } from './place.ts';

/**
 * Whether the sanitizer would give this HTML back to the letter: plain tags without attributes, in lower case,
 * nested and closed as they should be, and text that needs no escaping. One pass; a no says nothing.
 */
export function isCleanHtml(html: string): boolean {
  const markup = /<(\/?)([a-z][a-z0-9]*)>|[<>]|&(?!(?:amp|lt|gt);)/g;
  const open: AllowedTag[] = [];
  for (let match = markup.exec(html); match !== null; match = markup.exec(html)) {
    const [, slash, name] = match;
    if (name === undefined) return false;
    if (slash === '/') {
      if (open.pop()?.name !== name) return false;
      continue;
    }
    const tag = allowedTags.get(name);
    if (tag === undefined || tag.needs.length > 0 || tag.always !== '') return false;
    if (openBefore(tag, open) < open.length || !mayStandIn(tag, open)) return false;
    if (missingParents(tag, open).length > 0) return false;
    if (!tag.isVoid) open.push(tag);
  }
  return open.length === 0 && stripForbidden(html) === html;
}
