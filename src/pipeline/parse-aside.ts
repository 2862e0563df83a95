import { TributaryError } from '../model/errors.ts';
import type { TopicRule } from '../model/topic.ts';
import type { ParseHints } from '../parse/hints.ts';
import { breathe } from './breathe.ts';
import { listDocument, type ListedFeed, type Lister } from './list-document.ts';
import { createParseThread, type PendingParse } from './parse-thread.ts';

/** Up to here a document is parsed sooner than it is handed over. */
const smallBytes = 16 * 1024;

/** Beyond, the event loop would feel it. */
const largeBytes = 128 * 1024;

/** So many documents that wait are worth a thread, and the help of this one when it is up. */
const manyWaiting = 8;

/** Parses documents: where there is much to do, in a thread beside this one, which then looks for topics too. */
export interface Parser {
  /** @throws FeedParseError as `parseFeed` does, and `too-slow` or `too-heavy` for what takes too much. */
  readonly parse: (bytes: Uint8Array, hints: ParseHints, lister: Lister) => Promise<ListedFeed>;
  readonly close: () => Promise<void>;
}

export function createParser(topics: readonly TopicRule[]): Parser {
  /** Documents for the thread alone, for either, and for this thread alone. */
  const large: PendingParse[] = [];
  const middling: PendingParse[] = [];
  const small: PendingParse[] = [];
  const thread = createParseThread({ topics }, () => goOn());
  let isParsing = false;

  const handOver = (): void => {
    while (thread.hasRoom()) {
      const isWorthIt = thread.isUp() || middling.length > manyWaiting;
      const task = large.shift() ?? (isWorthIt ? middling.shift() : undefined);
      if (!task) return;
      thread.parse(task);
    }
  };

  /** The next one for this thread, which has other things to do where the other is up and keeps pace. */
  const next = (): PendingParse | undefined =>
    small.shift() ?? (thread.isUp() && middling.length <= manyWaiting ? undefined : middling.shift());

  /** One document in each turn of the event loop. */
  const parseHere = async (): Promise<void> => {
    if (isParsing) return;
    isParsing = true;
    await breathe();
    for (let task = next(); task; task = next()) {
      try {
        task.resolve(listDocument(task.bytes, task.hints, task.lister));
      } catch (error) {
        task.reject(error);
      }
      await breathe();
    }
    isParsing = false;
  };

  const goOn = (): void => {
    handOver();
    void parseHere();
  };

  return {
    parse: (bytes, hints, lister) =>
      new Promise((resolve, reject) => {
        const queue = bytes.length > largeBytes ? large : bytes.length > smallBytes ? middling : small;
        queue.push({ bytes, hints, lister, resolve, reject });
        goOn();
      }),
    close: () => {
      const stopped = new TributaryError('stopped', 'parse: the program is stopping');
      for (const queue of [large, middling, small]) for (const { reject } of queue.splice(0)) reject(stopped);
      return thread.close();
    },
  };
}
