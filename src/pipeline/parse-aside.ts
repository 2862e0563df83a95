import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { FeedParseError, TributaryError } from '../model/errors.ts';
import type { ReadFeed } from '../model/feed.ts';
import { breathe } from './breathe.ts';
import { readFeed } from '../normalize/parse-feed.ts';
import type { ParseHints } from '../parse/hints.ts';

export interface ParseTask {
  readonly bytes: Uint8Array;
  readonly hints: ParseHints;
}

export type ParseAnswer =
  | { readonly kind: 'parsed'; readonly parsed: ReadFeed }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string; readonly line?: number };

/** Up to here a document is parsed sooner than it is handed over, and the event loop does not feel it. */
const smallBytes = 512 * 1024;

/** No honest document takes so long. */
const deadlineMs = 15_000;

/** A worker that has had nothing to do for so long ends. */
const idleMs = 30_000;

/** Parses documents, large ones in a thread of their own, one after the other. */
export interface Parser {
  /** @throws FeedParseError as `parseFeed` does, and with `too-slow` when a document takes too long. */
  readonly parse: (bytes: Uint8Array, hints: ParseHints) => Promise<ReadFeed>;
  readonly close: () => Promise<void>;
}

export function createParser(): Parser {
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let line: Promise<unknown> = Promise.resolve();

  const end = async (): Promise<void> => {
    clearTimeout(idle);
    const ending = worker;
    worker = undefined;
    await ending?.terminate();
  };

  const ask = async (task: ParseTask): Promise<ReadFeed> => {
    clearTimeout(idle);
    worker ??= new Worker(new URL(`./parse-worker${extname(import.meta.url)}`, import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 8 },
    });
    worker.unref();
    try {
      const answer = await answerOf(worker, task);
      if (answer.kind === 'parsed') return answer.parsed;
      throw new FeedParseError(answer.code, answer.message, { line: answer.line });
    } catch (error) {
      if (!(error instanceof FeedParseError) || error.code === 'too-slow' || error.code === 'too-heavy')
        await end();
      throw error;
    } finally {
      idle = setTimeout(() => void end(), idleMs).unref();
    }
  };

  return {
    parse: (bytes, hints) => {
      if (bytes.length <= smallBytes) return breathe().then(() => readFeed(bytes, hints));
      const turn = line.then(() => ask({ bytes, hints }));
      line = turn.catch(() => undefined);
      return turn;
    },
    close: end,
  };
}

function answerOf(worker: Worker, task: ParseTask): Promise<ParseAnswer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      finish();
      reject(new FeedParseError('too-slow', `parse: the document takes longer than ${deadlineMs / 1000} s`));
    }, deadlineMs);
    const onMessage = (answer: ParseAnswer): void => {
      finish();
      resolve(answer);
    };
    // A document that exhausts the worker's memory ends the worker, and nothing else.
    const onError = (error: Error): void => {
      finish();
      reject(new FeedParseError('too-heavy', `parse: the document cannot be parsed: ${error.message}`));
    };
    const onExit = (): void => {
      finish();
      reject(new TributaryError('stopped', 'parse: the program is stopping'));
    };
    const finish = (): void => {
      clearTimeout(timer);
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
    };
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.on('exit', onExit);
    worker.postMessage(task);
  });
}
