import { isIP } from 'node:net';
import { Cron } from 'croner';
import { z } from 'zod';
import type { Schedule } from '../model/source.ts';
import { parseDuration } from './durations.ts';

/**
 * The kinds of value a configuration is made of. The message of each says what is allowed, because that is
 * what somebody who made a mistake wants to read; what was found is added by problems.ts.
 */

const readable = (allowed: string) => ({ error: allowed });

export const text = (what = 'text') => z.string(readable(what)).min(1, readable(what));

export const flag = () => z.boolean(readable('true or false'));

export const whole = (min: number, max = Number.MAX_SAFE_INTEGER) => {
  const allowed =
    max === Number.MAX_SAFE_INTEGER ? `a whole number from ${min}` : `a whole number from ${min} to ${max}`;
  return z.int(readable(allowed)).min(min, readable(allowed)).max(max, readable(allowed));
};

export const share = () => {
  const allowed = 'a number from 0 to 1';
  return z.number(readable(allowed)).min(0, readable(allowed)).max(1, readable(allowed));
};

export const choice = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, readable(`one of ${values.join(', ')}`));

export const list = <Element extends z.ZodType>(element: Element, what = 'a list') =>
  z.array(element, readable(what));

/** An object that has no other keys than these. */
export const strict = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `one of the keys ${Object.keys(shape).join(', ')}`
        : `a mapping with the keys ${Object.keys(shape).join(', ')}`,
  });

/** An identifier of a source, topic or feed: it becomes a part of URLs and ids. */
export const identifier = () => {
  const allowed = 'lower-case letters, digits and hyphens, 1 to 64 of them';
  return z.string(readable(allowed)).regex(/^[a-z0-9-]{1,64}$/, readable(allowed));
};

export const httpUrl = () => {
  const allowed = 'an absolute http or https URL';
  return z
    .string(readable(allowed))
    .refine((value) => /^https?:\/\//i.test(value) && URL.canParse(value), readable(allowed));
};

/** A block of addresses; a single address is a block of one. */
export const addressBlock = () => {
  const allowed = 'a block of addresses as 127.0.0.1/32 or fd00::/8';
  return z.string(readable(allowed)).refine(isAddressBlock, readable(allowed));
};

/** People who may read, and their passwords; the name cannot hold the colon that ends it (RFC 7617). */
export const passwords = () => {
  const allowed = 'a mapping of names, without a colon, to passwords';
  const name = z.string().regex(/^[^:\p{Cc}]{1,64}$/u, readable(allowed));
  return z.record(name, text('a password'), readable(allowed));
};

/** Proxies whose `X-Forwarded-For` is believed. */
export const trustedProxies = () =>
  z.union([z.boolean(), z.array(addressBlock())], readable('true, false, or a list of address blocks'));

const durationAllowed = 'a duration as 90s, 10m, 2h or 7d';

export const duration = () =>
  z.string(readable(durationAllowed)).transform((value, context) => {
    const ms = parseDuration(value);
    if (ms !== undefined) return ms;
    context.addIssue({ code: 'custom', message: durationAllowed });
    return z.NEVER;
  });

export const timezone = () => {
  const allowed = 'an IANA time zone as Asia/Shanghai';
  return z.string(readable(allowed)).refine(isTimezone, readable(allowed));
};

export const language = () => {
  const allowed = 'a BCP 47 language tag as zh-Hans';
  return z.string(readable(allowed)).refine(isLanguage, readable(allowed));
};

const scheduleAllowed = `a cron expression of 5 or 6 fields, or ${durationAllowed}`;

export const schedule = () =>
  z.string(readable(scheduleAllowed)).transform((value, context): Schedule => {
    const everyMs = parseDuration(value);
    if (everyMs !== undefined) return { kind: 'interval', everyMs };
    if (isCron(value)) return { kind: 'cron', expression: value.trim() };
    context.addIssue({ code: 'custom', message: scheduleAllowed });
    return z.NEVER;
  });

function isAddressBlock(value: string): boolean {
  const [network = '', bits, ...rest] = value.split('/');
  const family = network.includes('%') ? 0 : isIP(network);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function isCron(value: string): boolean {
  const fields = value.trim().split(/\s+/).length;
  if (fields !== 5 && fields !== 6) return false;
  try {
    return new Cron(value.trim(), { paused: true }).nextRun() !== null;
  } catch {
    return false;
  }
}

function isTimezone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).format(0) !== '';
  } catch {
    return false;
  }
}

function isLanguage(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}
