import { resolveUrl } from '../url.ts';
import { parseSrcset } from './srcset.ts';

/** The value to publish for an attribute's decoded value, or undefined when the attribute has to go. */
export type AttributeRule = (value: string, baseUrl?: string) => string | undefined;

const asItIs: AttributeRule = (value) => value;
const flag: AttributeRule = () => '';
const wholeNumber: AttributeRule = (value) => /^\s*(-?\d{1,9})\s*$/.exec(value)?.[1];
const size: AttributeRule = (value) => /^\s*(\d{1,5}%?)(?:px)?\s*$/.exec(value)?.[1];
const oneOf =
  (...words: readonly string[]): AttributeRule =>
  (value) =>
    words.find((word) => word === value.trim().toLowerCase());

/** Something a reader may follow. */
const link: AttributeRule = (value, baseUrl) => {
  const url = resolveUrl(value, baseUrl);
  return url !== undefined && /^(?:https?|mailto):/i.test(url) ? url : undefined;
};

/** Something a reader loads: http and https alone. */
export const media: AttributeRule = (value, baseUrl) => {
  const url = resolveUrl(value, baseUrl);
  return url !== undefined && /^https?:/i.test(url) ? url : undefined;
};

export const srcset: AttributeRule = (value, baseUrl) => {
  const candidates = parseSrcset(value).flatMap(({ url, descriptor }) => {
    const absolute = media(url, baseUrl);
    if (absolute === undefined || !/^(?:\d{1,9}(?:\.\d{1,9})?[xwh])?$/.test(descriptor)) return [];
    return descriptor === '' ? absolute : `${absolute} ${descriptor}`;
  });
  return candidates.length > 0 ? candidates.join(', ') : undefined;
};

type AttributeRules = Readonly<Record<string, AttributeRule>>;

export const globalAttributes: AttributeRules = {
  dir: oneOf('ltr', 'rtl', 'auto'),
  lang: asItIs,
  title: asItIs,
};

const dimensions = { width: size, height: size };
const cell = { colspan: wholeNumber, rowspan: wholeNumber, headers: asItIs };
const playback = { src: media, loop: flag, muted: flag, preload: oneOf('none', 'metadata', 'auto') };

/** What each tag may carry besides the global attributes; no `autoplay`, `style`, `id`, `name`, `on…`. */
export const attributesOf: Readonly<Record<string, AttributeRules>> = {
  a: { href: link },
  area: { href: link, alt: asItIs, shape: oneOf('rect', 'circle', 'poly', 'default'), coords: asItIs },
  audio: playback,
  blockquote: { cite: link },
  col: { span: wholeNumber },
  colgroup: { span: wholeNumber },
  del: { cite: link, datetime: asItIs },
  details: { open: flag },
  img: { src: media, srcset, sizes: asItIs, alt: asItIs, ...dimensions },
  ins: { cite: link, datetime: asItIs },
  li: { value: wholeNumber },
  ol: { start: wholeNumber, reversed: flag, type: (value) => /^\s*([1aAiI])\s*$/.exec(value)?.[1] },
  q: { cite: link },
  source: { src: media, srcset, sizes: asItIs, media: asItIs, type: asItIs, ...dimensions },
  td: cell,
  th: { ...cell, scope: oneOf('row', 'col', 'rowgroup', 'colgroup'), abbr: asItIs },
  time: { datetime: asItIs },
  track: {
    src: media,
    kind: oneOf('subtitles', 'captions', 'descriptions', 'chapters', 'metadata'),
    srclang: asItIs,
    label: asItIs,
  },
  video: { ...playback, poster: media, ...dimensions },
};
