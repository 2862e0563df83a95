import { TributaryError } from '../model/errors.ts';

/** The time in which one thing has to be done after the other. */
export interface Deadline {
  readonly isOver: () => boolean;
  /** Calls `end` when the time is over, until something else is to be ended. */
  readonly ends: (end: (late: Error) => void) => void;
  readonly clear: () => void;
}

export function startDeadline(totalMs: number): Deadline {
  let end: ((late: Error) => void) | undefined;
  let late: Error | undefined;
  const timer = setTimeout(() => {
    late = new TributaryError('timeout', `took longer than ${totalMs} ms`);
    end?.(late);
  }, totalMs);
  return {
    isOver: () => late !== undefined,
    ends: (next) => {
      end = next;
      if (late) next(late);
    },
    clear: () => clearTimeout(timer),
  };
}

/** What a promise gives, unless the time is over before. */
export function inTime<Result>(promise: Promise<Result>, deadline: Deadline): Promise<Result> {
  return new Promise((resolve, reject) => {
    deadline.ends(reject);
    promise.then(resolve, reject);
  });
}
