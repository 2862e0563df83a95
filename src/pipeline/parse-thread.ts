import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { FeedParseError, TributaryError } from '../model/errors.ts';
import type { TopicRule } from '../model/topic.ts';
import type { ParseHints } from '../parse/hints.ts';
import type { ListedFeed, Lister } from './list-document.ts';

export interface ParseTask {
  readonly bytes: Uint8Array;
  readonly hints: ParseHints;
  readonly lister: Lister;
}

/** What the thread is begun with. */
export interface ThreadData {
  readonly topics: readonly TopicRule[];
}

export type ParseAnswer =
  | { readonly kind: 'parsed'; readonly parsed: ListedFeed }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string; readonly line?: number };

/** A task and whom to tell. */
export interface PendingParse extends ParseTask {
  readonly resolve: (parsed: ListedFeed) => void;
  readonly reject: (error: unknown) => void;
}

/** No honest document takes so long. */
const deadlineMs = 15_000;

/** A worker that has had nothing to do for so long ends. */
const idleMs = 30_000;

/** What a document may need at most while it is parsed. */
const maxHeapMb = 112;
const maxYoungHeapMb = 32;

/** While one document is parsed the next ones are there already: this thread may be busy for a while. */
const mostAtOnce = 6;

export interface ParseThread {
  readonly isUp: () => boolean;
  readonly hasRoom: () => boolean;
  /** To be called only while there is room. */
  readonly parse: (task: PendingParse) => void;
  readonly close: () => Promise<void>;
}

/**
 * A thread that parses documents one after the other, begun when it is needed. A document that takes too long or
 * too much memory ends the thread; the one behind it is parsed by the next. `onRoom` is called when there is room
 * again.
 */
export function createParseThread(data: ThreadData, onRoom: () => void): ParseThread {
  const tasks: PendingParse[] = [];
  let worker: Worker | undefined;
  let timer: NodeJS.Timeout | undefined;

  const begin = (): Worker => {
    const begun = new Worker(new URL(`./parse-worker${extname(import.meta.url)}`, import.meta.url), {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: maxYoungHeapMb },
    });
    begun.unref();
    begun.on('message', (answer: ParseAnswer) => {
      settle(answer);
    });
    // A document that exhausts the worker's memory ends the worker, and nothing else.
    begun.on('error', (error: Error) => {
      giveUp(new FeedParseError('too-heavy', `parse: the document cannot be parsed: ${error.message}`));
    });
    return begun;
  };

  const settle = (answer: ParseAnswer): void => {
    const task = tasks.shift();
    watch();
    if (answer.kind === 'parsed') task?.resolve(answer.parsed);
    else task?.reject(new FeedParseError(answer.code, answer.message, { line: answer.line }));
    onRoom();
  };

  const giveUp = (error: FeedParseError): void => {
    const [failed, ...others] = tasks.splice(0);
    void end();
    failed?.reject(error);
    for (const task of others) parse(task);
    onRoom();
  };

  /** Waits for the document that is parsed now, or for another one to come. */
  const watch = (): void => {
    clearTimeout(timer);
    const isIdle = tasks.length === 0;
    const late = (): void => {
      if (isIdle) void end();
      else
        giveUp(
          new FeedParseError('too-slow', `parse: the document takes longer than ${deadlineMs / 1000} s`),
        );
    };
    timer = setTimeout(late, isIdle ? idleMs : deadlineMs).unref();
  };

  const end = async (): Promise<void> => {
    clearTimeout(timer);
    const ending = worker;
    worker = undefined;
    ending?.removeAllListeners();
    await ending?.terminate();
  };

  const parse = (task: PendingParse): void => {
    tasks.push(task);
    if (tasks.length === 1) watch();
    worker ??= begin();
    const { bytes, hints, lister } = task;
    worker.postMessage({ bytes, hints, lister } satisfies ParseTask);
  };

  return {
    isUp: () => worker !== undefined,
    hasRoom: () => tasks.length < mostAtOnce,
    parse,
    close: async () => {
      const stopped = new TributaryError('stopped', 'parse: the program is stopping');
      for (const { reject } of tasks.splice(0)) reject(stopped);
      await end();
    },
  };
}
