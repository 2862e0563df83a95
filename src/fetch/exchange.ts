import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { Deadline } from './deadline.ts';

/** What was answered: the head, and the body as it comes. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Absent for 304, which has none, RFC 9110, section 15.4.5. */
  readonly body?: Readable;
}

const ignore = (): void => undefined;

/**
 * Makes one request; the deadline ends it wherever it is, in line, under way or in the middle of the body. It is what
 * undici's `request` does, without a stream and a signal for each of the many answers that have no body.
 */
export function exchange(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  deadline: Deadline,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let under: Dispatcher.DispatchController | undefined;
    let body: Readable | undefined;
    let late: Error | undefined;
    const fail = (error: Error): void => {
      reject(error);
      body?.destroy(error);
    };
    deadline.ends((error) => {
      late = error;
      under?.abort(error);
      fail(error);
    });
    dispatcher.dispatch(options, {
      onRequestStart: (controller) => {
        under = controller;
        if (late) controller.abort(late);
      },
      onResponseStart: (controller, status, headers) => {
        if (status < 200) return;
        if (status !== 304) body = bodyUnder(controller);
        resolve({ status, headers, ...(body && { body }) });
      },
      onResponseData: (controller, chunk) => {
        if (body?.push(chunk) === false) controller.pause();
      },
      onResponseEnd: () => void body?.push(null),
      onResponseError: (_controller, error) => fail(error),
    });
  });
}

/** Who stops reading it in the middle breaks the connection. */
function bodyUnder(controller: Dispatcher.DispatchController): Readable {
  const body = new Readable({
    read: () => controller.resume(),
    destroy: (error, done) => {
      controller.abort(error ?? new Error('not wanted'));
      done(error);
    },
  });
  return body.on('error', ignore);
}
