import { fork } from 'node:child_process';
import { once } from 'node:events';

/** A server of news in a process of its own, so that it takes no time of those who read it. */
export interface Origin {
  /** Sources whose documents stay as they are; 304 where the reader has them. */
  readonly unchanging: (count: number, items?: number) => readonly string[];
  /** Sources that have another document at each request. */
  readonly changing: (count: number, items?: number) => readonly string[];
  readonly stop: () => void;
}

export const itemsADocument = 50;

export async function startOrigin(): Promise<Origin> {
  const child = fork(new URL('origin-server.ts', import.meta.url), { execArgv: [] });
  const [port] = (await once(child, 'message')) as [number];
  const urls =
    (kind: string) =>
    (count: number, items = itemsADocument) =>
      Array.from({ length: count }, (_, number) => `http://127.0.0.1:${port}/${kind}/${number}/${items}`);
  return { unchanging: urls('unchanging'), changing: urls('changing'), stop: () => void child.kill() };
}
