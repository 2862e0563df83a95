import type { AllowedTag } from './allowed-tags.ts';
import { escapeAttribute, escapeHtml } from './escape.ts';
import { mayStandIn, missingParents, openBefore } from './place.ts';

/** Writes HTML in which every element is closed, in order; texts and values come in decoded. */
export interface HtmlWriter {
  /** Ends what this tag ends by itself (`<li>` an open `<li>`), then writes it where it may stand there. */
  start(tag: AllowedTag, attributes: ReadonlyMap<string, string>): void;
  /** Ends the innermost open element of that tag and what is open within; nothing if there is none. */
  end(tag: AllowedTag): void;
  text(text: string): void;
  /** Ends what is open; the HTML written. */
  finish(): string;
}

export function createWriter(): HtmlWriter {
  let html = '';
  const open: AllowedTag[] = [];

  const endDownTo = (depth: number): void => {
    for (let last = open.length; last > depth; last--) html += open.pop()?.endTag ?? '';
  };

  return {
    start(tag, attributes) {
      endDownTo(openBefore(tag, open));
      const missing = missingParents(tag, open);
      if (!mayStandIn(tag, [...open, ...missing])) return;
      for (const parent of missing) {
        html += parent.startTag;
        open.push(parent);
      }
      html += attributes.size === 0 ? tag.startTag : startTag(tag, attributes);
      if (!tag.isVoid) open.push(tag);
    },
    end(tag) {
      const depth = open.lastIndexOf(tag);
      if (depth >= 0) endDownTo(depth);
    },
    text(text) {
      html += escapeHtml(text);
    },
    finish() {
      endDownTo(0);
      return html;
    },
  };
}

function startTag(tag: AllowedTag, attributes: ReadonlyMap<string, string>): string {
  let written = `<${tag.name}`;
  for (const [name, value] of attributes) written += ` ${name}="${escapeAttribute(value)}"`;
  return `${written}${tag.always}>`;
}
