import type { AllowedTag } from './allowed-tags.ts';
import { media } from './attribute-rules.ts';
import { visibleImage } from './image.ts';
import { lazySource } from './lazy.ts';
import { decodeAttribute, type RawAttribute } from './tokens.ts';

const nothing: ReadonlyMap<string, string> = new Map();

/** What a tag keeps of its attributes, decoded and with absolute URLs; undefined where it is of no use with that. */
export function keepAttributes(
  tag: AllowedTag,
  attributes: readonly RawAttribute[],
  baseUrl?: string,
): ReadonlyMap<string, string> | undefined {
  const kept = attributes.length === 0 ? nothing : allowedOnes(tag, attributes, baseUrl);
  if (tag.name === 'img') return visibleImage(kept, attributes, baseUrl);
  return tag.needs.length === 0 || tag.needs.some((name) => kept.has(name)) ? kept : undefined;
}

function allowedOnes(
  tag: AllowedTag,
  attributes: readonly RawAttribute[],
  baseUrl: string | undefined,
): ReadonlyMap<string, string> {
  const kept = new Map<string, string>();
  for (const { name, value } of attributes) {
    const rule = tag.attributes.get(name);
    if (rule === undefined || kept.has(name)) continue;
    const cleaned = rule(decodeAttribute(value), baseUrl);
    if (cleaned !== undefined) kept.set(name, cleaned);
  }
  return kept;
}

/** What an `<iframe>` shows, now or once a script lets it. */
export function frameAddress(attributes: readonly RawAttribute[], baseUrl?: string): string | undefined {
  const src = attributes.find(({ name }) => name === 'src');
  return (src && media(decodeAttribute(src.value), baseUrl)) ?? lazySource(attributes, baseUrl);
}
