import { parentPort, workerData } from 'node:worker_threads';
import { FeedParseError } from '../model/errors.ts';
import { listDocument, withTopics } from './list-document.ts';
import type { ParseAnswer, ParseTask, ThreadData } from './parse-thread.ts';
import { compileRules } from './rules.ts';

const { topicsOf } = compileRules((workerData as ThreadData).topics, []);

/** The other side of parse-thread.ts: one document in, one answer out. */
parentPort?.on('message', (task: ParseTask) => {
  parentPort?.postMessage(answer(task));
});

function answer({ bytes, hints, lister }: ParseTask): ParseAnswer {
  try {
    const feed = listDocument(bytes, hints, lister);
    return { kind: 'parsed', parsed: withTopics(feed, (item) => topicsOf(lister.source, item)) };
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
