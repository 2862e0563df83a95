import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { bytesOf, withBodies, type Representation } from '../publish/representation.ts';
import type { Beside, FromFront, ReadyFeed, RelayedRequest, ToFront } from './front-messages.ts';
import type { Website } from './website.ts';

/** What the thread keeps is bytes; it makes little else. */
const maxYoungHeapMb = 4;

/** Feeds that are made on request are lent to the thread as far as there is so much room; they are here as well. */
const maxLentBytes = 32 * 1024 * 1024;

/**
 * The listening socket, which stays while what answers behind it is replaced. It is in a thread of its own with the
 * feeds that are ready, so that nobody who asks for one waits while this thread stores, renders or collects garbage.
 */
export interface Front {
  /** Starts to listen; gives the port. Rejects with the system's error. */
  readonly listen: (host: string, port: number) => Promise<number>;
  /** What answers from now on. */
  readonly show: (website: Website) => void;
  /** To be called when a website's ready feeds may be others: those of these paths, or any. */
  readonly refresh: (website: Website, paths?: readonly string[]) => void;
  /** Takes no more requests and ends when those under way are answered, or take too long. */
  readonly close: () => Promise<void>;
}

export function createFront(): Front {
  const worker = new Worker(new URL(`./front-worker${extname(import.meta.url)}`, import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: maxYoungHeapMb },
  });
  const listening = Promise.withResolvers<number>();
  const closed = Promise.withResolvers<undefined>();
  let shown: Website | undefined;
  /** What the thread has, by its URL. */
  const sent = new Map<string, ReadyFeed>();
  /** That of it which is ready only since somebody asked for it, in the order in which it was asked for. */
  const lent = new Set<string>();

  const say = (message: ToFront, transfer: readonly ArrayBuffer[] = []): void => {
    worker.postMessage(message, transfer);
  };

  /** Tells the thread of feeds that are others than it has; undefined where one is ready no more. */
  const send = (ready: Iterable<readonly [url: string, ReadyFeed | undefined]>): void => {
    const feeds = new Map<string, Representation | undefined>();
    const beside = new Map<string, Beside>();
    const transfer: ArrayBuffer[] = [];
    for (const [url, now] of ready) {
      const before = sent.get(url);
      if (!now) {
        if (sent.delete(url)) feeds.set(url, undefined);
        continue;
      }
      const { feed, ...others } = now;
      if (before?.feed !== feed) feeds.set(url, copied(feed, transfer));
      if (before?.cacheControl !== now.cacheControl || before.stale !== now.stale) beside.set(url, others);
      sent.set(url, now);
    }
    say({ kind: 'feeds', changes: { feeds, beside } }, transfer);
  };

  const lend = (url: string, ready: ReadyFeed): void => {
    lent.delete(url);
    lent.add(url);
    let room = maxLentBytes - bytesOf(ready.feed);
    const fits = (other: string) => (room -= lentBytes(other)) >= 0;
    const left = [...lent].toReversed().filter((other) => other !== url && !fits(other));
    for (const other of left) lent.delete(other);
    send([[url, ready], ...left.map((other) => [other, undefined] as const)]);
  };
  const lentBytes = (url: string): number => {
    const ready = sent.get(url);
    return ready ? bytesOf(ready.feed) : 0;
  };

  const answer = async (website: Website, id: number, request: RelayedRequest): Promise<void> => {
    const { method, url } = request;
    const ready = method === 'GET' || method === 'HEAD' ? await website.makeReady(url) : undefined;
    // Where the configuration was read again meanwhile, the next website answers.
    if (shown && website !== shown) return answer(shown, id, request);
    if (ready) {
      if (sent.get(url)?.feed !== ready.feed) lend(url, ready);
      say({ kind: 'ready', id });
      return;
    }
    const { body, ...head } = await website.answer(request);
    const own = new Uint8Array(body);
    say({ kind: 'answer', id, answer: { ...head, body: own } }, [own.buffer]);
  };

  worker.on('message', (message: FromFront) => {
    switch (message.kind) {
      case 'listening':
        listening.resolve(message.port);
        break;
      case 'deaf':
        void worker.terminate();
        listening.reject(Object.assign(new Error(message.message), { code: message.code }));
        break;
      case 'tally':
        shown?.count(message.tally);
        for (const url of message.tally.asked) if (lent.delete(url)) lent.add(url);
        break;
      case 'request':
        if (shown) void answer(shown, message.id, message.request);
        break;
      case 'closed':
        closed.resolve(undefined);
    }
  });

  /** Looks again at feeds that the thread has or is to have. */
  const lookAgain = (website: Website, urls: Iterable<string>): void => {
    const ready = [...urls].map((url) => [url, website.readyFeed(url)] as const);
    for (const [url, feed] of ready) if (!feed) lent.delete(url);
    send(ready);
  };
  const all = ({ readyUrls }: Website) => new Set([...sent.keys(), ...readyUrls]);
  return {
    listen: (host, port) => {
      say({ kind: 'listen', host, port });
      return listening.promise;
    },
    show: (website) => {
      shown = website;
      lookAgain(website, all(website));
    },
    refresh: (website, paths) => {
      if (website !== shown) return;
      const isHad = (url: string) => sent.has(url) || website.readyUrls.has(url);
      lookAgain(website, paths?.flatMap(website.urlsOf).filter(isHad) ?? all(website));
    },
    close: async () => {
      say({ kind: 'close' });
      await closed.promise;
      await worker.terminate();
    },
  };
}

/**
 * A feed whose bytes can be handed over. Small buffers share their memory with others, all of which would be copied
 * with each of them.
 */
function copied(feed: Representation, transfer: ArrayBuffer[]): Representation {
  return withBodies(feed, (body) => {
    const own = Buffer.from(new ArrayBuffer(body.length));
    body.copy(own);
    transfer.push(own.buffer);
    return own;
  });
}
