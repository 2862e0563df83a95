import { parentPort } from 'node:worker_threads';
import { FeedParseError } from '../model/errors.ts';
import { readFeed } from '../normalize/parse-feed.ts';
import type { ParseAnswer, ParseTask } from './parse-thread.ts';

/** The other side of parse-thread.ts: one document in, one answer out. */
parentPort?.on('message', ({ bytes, hints }: ParseTask) => {
  parentPort?.postMessage(answer(bytes, hints));
});

function answer(bytes: Uint8Array, hints: ParseTask['hints']): ParseAnswer {
  try {
    return { kind: 'parsed', parsed: readFeed(bytes, hints) };
  } catch (error) {
    const { message } = error as Error;
    if (!(error instanceof FeedParseError)) return { kind: 'failed', code: 'internal', message };
    return {
      kind: 'failed',
      code: error.code,
      message,
      ...(error.line !== undefined && { line: error.line }),
    };
  }
}
