import type { AllowedTag } from './allowed-tags.ts';
import { globalAttributes, media } from './attribute-rules.ts';
import { completeImage, isTrackingPixel } from './image.ts';
import { lazySource } from './lazy.ts';
import { decodeAttribute, type RawAttribute } from './tokens.ts';

const nothing: ReadonlyMap<string, string> = new Map();

/** What a tag keeps of its attributes, decoded and made absolute; undefined where it is of no use with that. */
export function keepAttributes(
  tag: AllowedTag,
  attributes: readonly RawAttribute[],
  baseUrl?: string,
): ReadonlyMap<string, string> | undefined {
  const allowed = attributes.length === 0 ? nothing : allowedOnes(tag, attributes, baseUrl);
  const kept = tag.name === 'img' ? completeImage(allowed, attributes, baseUrl) : allowed;
  if (tag.needs.length > 0 && !tag.needs.some((name) => kept.has(name))) return undefined;
  return tag.name === 'img' && isTrackingPixel(kept) ? undefined : kept;
}

function allowedOnes(
  tag: AllowedTag,
  attributes: readonly RawAttribute[],
  baseUrl?: string,
): ReadonlyMap<string, string> {
  const kept = new Map<string, string>();
  for (const { name, value } of attributes) {
    const rule = tag.attributes.get(name) ?? globalAttributes.get(name);
    // The first of two is the one that counts (HTML section "attribute name state").
    const cleaned = rule === undefined || kept.has(name) ? undefined : rule(decodeAttribute(value), baseUrl);
    if (cleaned !== undefined) kept.set(name, cleaned);
  }
  return kept;
}

/** What an `<iframe>` shows, now or once a script lets it. */
export function frameAddress(attributes: readonly RawAttribute[], baseUrl?: string): string | undefined {
  const src = attributes.find(({ name }) => name === 'src');
  return (src && media(decodeAttribute(src.value), baseUrl)) ?? lazySource(attributes, baseUrl);
}
