import { stripForbidden } from '../xml-chars.ts';
import { allowedTags } from './allowed-tags.ts';
import { isCleanHtml } from './clean.ts';
import { readContent } from './content.ts';
import { frameAddress, keepAttributes } from './keep-attributes.ts';
import { decodeText, type RawAttribute } from './tokens.ts';
import { createWriter, type HtmlWriter } from './writer.ts';

/**
 * Stored with what it cleaned and raised with every change of the result for any input, so that a better
 * sanitizer can be replayed over the items that an older one let through.
 */
export const sanitizerVersion = 2;

export interface SanitizeOptions {
  /** What relative URLs are resolved against; without it they are left out. */
  readonly baseUrl?: string | undefined;
}

/**
 * HTML that is safe to publish and to show: tags and attributes from an allow list, http, https and mailto URLs
 * alone, all of them absolute; no scripts, styles, forms or frames (an `<iframe>` becomes a link); every element
 * closed.
 *
 * The result is always written anew from tokens, text and values escaped on the way, and has no element whose
 * inside is read by other rules than the rest. Where a browser sees other tokens in the source than we do, it
 * therefore still cannot see other tokens in the result. Idempotent, linear in the input, never throws.
 */
export function sanitizeHtml(html: string, options: SanitizeOptions = {}): string {
  return isCleanHtml(html) ? html : rebuildHtml(html, options.baseUrl);
}

const link = allowedTags.get('a');

/** The long way, which HTML that is clean already comes out of unchanged. */
export function rebuildHtml(html: string, baseUrl?: string): string {
  const writer = createWriter();
  readContent(stripForbidden(html), {
    open(name, attributes) {
      if (name === 'iframe') writeFrame(writer, attributes, baseUrl);
      const tag = allowedTags.get(name);
      const kept = tag && keepAttributes(tag, attributes, baseUrl);
      if (tag && kept) writer.start(tag, kept);
    },
    close(name) {
      const tag = allowedTags.get(name);
      if (tag) writer.end(tag);
    },
    text: (raw) => writer.text(decodeText(raw)),
  });
  return writer.finish();
}

/** A frame's document stays one step away: its address becomes a link that shows it. */
function writeFrame(writer: HtmlWriter, attributes: readonly RawAttribute[], baseUrl?: string): void {
  const address = frameAddress(attributes, baseUrl);
  if (address === undefined || link === undefined) return;
  writer.start(link, new Map([['href', address]]));
  writer.text(address);
  writer.end(link);
}
