import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';
import { isSeq, parseDocument, type Document } from 'yaml';
import { ConfigError, TributaryError } from '../model/errors.ts';

/** A subscription of an OPML file. */
export interface Subscription {
  readonly title: string;
  readonly url: string;
}

interface OutlineElement {
  readonly '@text'?: string;
  readonly '@title'?: string;
  readonly '@xmlUrl'?: string;
  readonly outline?: readonly OutlineElement[];
}

/** The subscriptions of an OPML document, folders and all, each URL once. @throws TributaryError `opml` */
export function readOpml(text: string, name: string): readonly Subscription[] {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseAttributeValue: false,
    // Among them are the numeric references that many programs write for all but ASCII.
    htmlEntities: true,
    isArray: (tag) => tag === 'outline',
  });
  let document: { opml?: { body?: { outline?: readonly OutlineElement[] } } };
  try {
    document = parser.parse(text) as typeof document;
  } catch (error) {
    throw new TributaryError('opml', `opml: ${name} is not XML: ${(error as Error).message}`);
  }
  if (!document.opml) throw new TributaryError('opml', `opml: ${name} has no <opml> element`);
  const found = new Map<string, Subscription>();
  const waiting = [...(document.opml.body?.outline ?? [])];
  while (waiting.length > 0) {
    const outline = waiting.shift();
    // An outline without attributes is empty text to the parser.
    if (typeof outline !== 'object') continue;
    const url = outline['@xmlUrl']?.trim();
    const title = (outline['@title'] ?? outline['@text'])?.trim();
    if (url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url) && !found.has(url)) {
      found.set(url, { url, title: title === undefined || title === '' ? new URL(url).host : title });
    }
    waiting.unshift(...(outline.outline ?? []));
  }
  return [...found.values()];
}

/**
 * Adds subscriptions to the `sources` of a configuration file, whose comments and order stay; those whose URL
 * is there already are left out. The file is replaced as a whole, or not at all.
 */
export function addSubscriptions(
  file: string,
  subscriptions: readonly Subscription[],
  known: { readonly ids: ReadonlySet<string>; readonly urls: ReadonlySet<string> },
): readonly { readonly id: string; readonly url: string }[] {
  const document = parseDocument(readFileSync(file, 'utf8'));
  const [error] = document.errors;
  if (error) throw new ConfigError([{ file, message: error.message }]);
  const ids = new Set(known.ids);
  const added = subscriptions
    .filter(({ url }) => !known.urls.has(url))
    .map(({ title, url }) => {
      const id = freeId(title, url, ids);
      ids.add(id);
      return { id, title, url };
    });
  if (added.length === 0) return [];
  appendSources(document, added);
  const temporary = `${file}.${process.pid}.tmp`;
  // The configuration may hold secrets, and then nobody else may read it.
  writeFileSync(temporary, document.toString({ lineWidth: 0 }), { mode: statSync(file).mode });
  renameSync(temporary, file);
  return added;
}

function appendSources(document: Document, sources: readonly object[]): void {
  const list = document.get('sources');
  if (isSeq(list)) for (const source of sources) list.add(document.createNode(source));
  else document.set('sources', document.createNode(sources));
}

/** An id from the title, else from the host; numbered where it is taken. */
function freeId(title: string, url: string, taken: ReadonlySet<string>): string {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 48);
  const base = plain(title).length > 2 ? plain(title) : plain(new URL(url).host.replace(/^www\./, ''));
  let id = base;
  for (let number = 2; taken.has(id); number++) id = `${base}-${number}`;
  return id;
}
