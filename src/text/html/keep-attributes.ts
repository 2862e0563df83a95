import type { AllowedTag } from './allowed-tags.ts';
import { media } from './attribute-rules.ts';
import { completeImage, isTrackingPixel } from './image.ts';
import { lazySource } from './lazy.ts';
import { decodeAttribute, type RawAttribute } from './tokens.ts';

/** Attributes that may be published, decoded and with absolute URLs, by name. */
export type KeptAttributes = ReadonlyMap<string, string>;

const nothing: KeptAttributes = new Map();

/** What a tag keeps of its attributes; undefined where it is of no use with that. */
export function keepAttributes(
  tag: AllowedTag,
  attributes: readonly RawAttribute[],
  baseUrl?: string,
): KeptAttributes | undefined {
  const allowed = attributes.length === 0 ? nothing : allowedOnes(tag, attributes, baseUrl);
  const kept = tag.name === 'img' ? completeImage(allowed, attributes, baseUrl) : allowed;
  if (tag.needs.length > 0 && !tag.needs.some((name) => kept.has(name))) return undefined;
  return tag.name === 'img' && isTrackingPixel(kept) ? undefined : kept;
}

function allowedOnes(tag: AllowedTag, attributes: readonly RawAttribute[], baseUrl?: string): KeptAttributes {
  let kept: Map<string, string> | undefined;
  for (const { name, value } of attributes) {
    const rule = tag.attributes.get(name);
    // The first of two is the one that counts (HTML section "attribute name state").
    if (rule === undefined || kept?.has(name) === true) continue;
    const cleaned = rule(decodeAttribute(value), baseUrl);
    if (cleaned !== undefined) (kept ??= new Map()).set(name, cleaned);
  }
  return kept ?? nothing;
}

/** What an `<iframe>` shows, now or once a script lets it. */
export function frameAddress(attributes: readonly RawAttribute[], baseUrl?: string): string | undefined {
  const src = attributes.find(({ name }) => name === 'src');
  return (src && media(decodeAttribute(src.value), baseUrl)) ?? lazySource(attributes, baseUrl);
}
