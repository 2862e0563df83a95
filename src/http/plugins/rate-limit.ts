import { isIPv6 } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { ServerSettings } from '../../model/settings.ts';
import { sendProblem } from '../problem.ts';
import type { ServerTools } from '../tools.ts';
import { isForOperators } from './open-paths.ts';

/** Answers 429 to a client that asks more often than the configuration lets it. */
export function limitRate(app: FastifyInstance, { access: { rateLimit } }: ServerTools): void {
  if (!rateLimit) return;
  const waitMs = createRateLimit(rateLimit, () => performance.now());
  app.addHook('onRequest', (request, reply, done) => {
    const ms = isForOperators(request.url) ? 0 : waitMs(request.ip);
    if (ms === 0) {
      done();
      return;
    }
    const seconds = Math.ceil(ms / 1000);
    void reply.header('retry-after', String(seconds));
    sendProblem(reply, 429, `Too many requests from this address; again in ${seconds} s.`);
  });
}

/** Counts the requests of each client; gives how many milliseconds one has to wait, 0 where it need not. */
export function createRateLimit(
  { requests, perMs }: NonNullable<ServerSettings['rateLimit']>,
  nowMs: () => number,
): (address: string) => number {
  const counts = new Map<string, number>();
  let endsAt = nowMs() + perMs;
  return (address) => {
    const now = nowMs();
    if (now >= endsAt) {
      counts.clear();
      endsAt = now + perMs;
    }
    const client = clientOf(address);
    const count = (counts.get(client) ?? 0) + 1;
    counts.set(client, count);
    return count > requests ? endsAt - now : 0;
  };
}

/** Whoever has one address of IPv6 has the 2⁶⁴ around it. */
function clientOf(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - last.length;
  const all = [...groups, ...Array.from({ length: missing }, () => '0'), ...last];
  return all.slice(0, 4).join(':');
}
