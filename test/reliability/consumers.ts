import type { FastifyInstance } from 'fastify';

/** Three ways to follow what is published, each as a program of somebody else would do it. */

/** What a reader has: its entries as they were written, by their ids. */
export type Entries = Map<string, string>;

export interface Reader {
  readonly name: string;
  readonly entries: Entries;
  /** Asks the server that is there now. */
  readonly visit: (server: FastifyInstance) => Promise<void>;
}

const siteUrl = 'https://news.example';

export async function get(server: FastifyInstance, url: string): Promise<string> {
  const { statusCode, body } = await server.inject({ method: 'GET', url: url.replace(siteUrl, '') });
  if (statusCode !== 200) throw new Error(`${url} is ${statusCode}`);
  return body;
}

/** The entries of an Atom document, in its order. */
export function entriesOf(atom: string): readonly (readonly [id: string, entry: string])[] {
  return [...atom.matchAll(/<entry\b[^>]*>\s*<id>([^<]*)<\/id>[^]*?<\/entry>/g)].map(([entry, id = '']) => [
    id,
    entry,
  ]);
}

export function buriedIn(atom: string): readonly string[] {
  return [...atom.matchAll(/<at:deleted-entry ref="([^"]*)"/g)].map(([, id = '']) => id);
}

const linkOf = (atom: string, rel: string) => new RegExp(`<link rel="${rel}" href="([^"]*)"`).exec(atom)?.[1];

/** Takes in a document whose entries are newer than what the reader has. */
function takeIn(entries: Entries, atom: string): void {
  for (const id of buriedIn(atom)) entries.delete(id);
  for (const [id, entry] of entriesOf(atom)) entries.set(id, entry);
}

/** Reads the feed and nothing else, often enough. */
export function pollingReader(path: string): Reader {
  const entries: Entries = new Map();
  return {
    name: `one that polls ${path}`,
    entries,
    visit: async (server) => takeIn(entries, await get(server, `/feeds/${path}.atom`)),
  };
}

/** Comes by seldom, and goes back through the archives to the first one that it has read before (RFC 5005). */
export function archiveReader(path: string): Reader {
  const entries: Entries = new Map();
  const read = new Set<string>();
  return {
    name: `one that walks the archives of ${path}`,
    entries,
    visit: async (server) => {
      const current = await get(server, `/feeds/${path}.atom`);
      const documents = [current];
      const links: string[] = [];
      for (let link = linkOf(current, 'prev-archive'); link !== undefined && !read.has(link);) {
        const archive = await get(server, link);
        documents.push(archive);
        links.push(link);
        link = linkOf(archive, 'prev-archive');
      }
      for (const document of documents.reverse()) takeIn(entries, document);
      for (const link of links) read.add(link);
    },
  };
}

/** The feed and all of its archives, as somebody reads them who never did before. */
export async function wholeChain(server: FastifyInstance, path: string): Promise<Entries> {
  const reader = archiveReader(path);
  await reader.visit(server);
  return reader.entries;
}

/** The ids of a JSON feed and of everything that its `next_url` leads to. */
export async function allPages(server: FastifyInstance, path: string): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (let url: string | undefined = `/feeds/${path}.json`; url !== undefined;) {
    const page = JSON.parse(await get(server, url)) as {
      readonly items: readonly { readonly id: string }[];
      readonly next_url?: string;
    };
    for (const { id } of page.items) ids.add(id);
    url = page.next_url;
  }
  return ids;
}

interface Change {
  readonly entryId: string;
  readonly deleted?: true;
  readonly story?: { readonly id: string };
}

/** Follows `/api/items?since=REVISION`; has items, and the stories that they belong to. */
export function changesReader(): Reader {
  const entries: Entries = new Map();
  let revision = 0;
  return {
    name: 'one that follows since',
    entries,
    visit: async (server) => {
      let url = `/api/items?since=${revision}&limit=50`;
      for (;;) {
        const page = JSON.parse(await get(server, url)) as {
          readonly items: readonly Change[];
          readonly next?: string;
          readonly revision: number;
        };
        for (const { entryId, deleted, story } of page.items) {
          if (deleted) entries.delete(entryId);
          else entries.set(entryId, story?.id ?? '');
        }
        revision = page.revision;
        if (page.next === undefined) return;
        url = `/api/items?limit=50&cursor=${encodeURIComponent(page.next)}`;
      }
    },
  };
}
