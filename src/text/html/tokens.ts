import { decodeHTML, decodeHTMLAttribute } from 'entities';
import { Tokenizer } from 'htmlparser2';
import { stripForbidden } from '../xml-chars.ts';

/** An attribute as it stands in the source, its value still escaped. */
export interface RawAttribute {
  /** In lower case. */
  readonly name: string;
  readonly value: string;
  /** Where the value stands in the source, its quotes not included; both 0 when there is none. */
  readonly start: number;
  readonly end: number;
}

/** What a reader of tokens listens to; names of tags are in lower case, texts are still escaped. */
export interface TokenHandler {
  open(name: string, attributes: readonly RawAttribute[], selfClosing: boolean, end: number): void;
  close?(name: string): void;
  text?(raw: string): void;
  /** The inside of a CDATA section, which HTML itself does not know. */
  cdata?(raw: string): void;
  /** Whether `<style>` or `<title>` would be an element of SVG or MathML, whose text is no raw text. */
  isForeign?(): boolean;
}

const none: readonly RawAttribute[] = [];

/**
 * The tokens of an HTML fragment in their order, as the tokenizer of HTML finds them; comments, doctypes and
 * processing instructions are passed over. Whether tags match is not looked at, and a slash that closes its own
 * tag is only reported, though `<script/>` opens no raw text. Linear in the length.
 */
export function readTokens(html: string, handler: TokenHandler): void {
  let tag = '';
  let attributes: RawAttribute[] = [];
  let name = '';
  let start = 0;
  let end = 0;

  // The tokenizer cuts text at every `<`, tag or not; what stands together is handed on together.
  let textStart = 0;
  let textEnd = 0;
  const flushText = (): void => {
    if (textEnd > textStart) handler.text?.(html.slice(textStart, textEnd));
    textStart = textEnd;
  };

  const openTag = (selfClosing: boolean, tagEnd: number): void => {
    handler.open(tag, attributes.length === 0 ? none : attributes, selfClosing, tagEnd);
    if (attributes.length > 0) attributes = [];
  };

  const tokenizer = new Tokenizer(
    { decodeEntities: false, recognizeSelfClosing: true },
    {
      onopentagname: (from, to) => {
        flushText();
        tag = html.slice(from, to).toLowerCase();
      },
      onattribname: (from, to) => {
        name = html.slice(from, to).toLowerCase();
        start = end = 0;
      },
      onattribdata: (from, to) => {
        start = from;
        end = to;
      },
      onattribend: () => {
        attributes.push({ name, value: html.slice(start, end), start, end });
      },
      onopentagend: (at) => openTag(false, at),
      onselfclosingtag: (at) => openTag(true, at),
      onclosetag: (from, to) => {
        flushText();
        handler.close?.(html.slice(from, to).toLowerCase());
      },
      ontext: (from, to) => {
        if (from !== textEnd) {
          flushText();
          textStart = from;
        }
        textEnd = to;
      },
      oncdata: (from, to, offset) => {
        flushText();
        handler.cdata?.(html.slice(from, to - offset));
      },
      isInForeignContext: () => handler.isForeign?.() ?? false,
      onattribentity: ignore,
      ontextentity: ignore,
      oncomment: ignore,
      ondeclaration: ignore,
      onprocessinginstruction: ignore,
      onend: flushText,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
}

function ignore(): void {
  // Nothing of it is for readers.
}

/** Text of an element with its entities decoded, without the characters that no XML may hold. */
export function decodeText(raw: string): string {
  return raw.includes('&') ? stripForbidden(decodeHTML(raw)) : raw;
}

/** As decodeText, for the value of an attribute, where `&copy=` is no entity. */
export function decodeAttribute(raw: string): string {
  return raw.includes('&') ? stripForbidden(decodeHTMLAttribute(raw)) : raw;
}
