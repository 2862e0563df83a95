import type { XmlElement } from '../../parse/xml/element.ts';
import { firstOf } from './chain.ts';
import { tokenOf } from './text-construct.ts';

const periodMinutes: ReadonlyMap<string, number> = new Map([
  ['hourly', 60],
  ['daily', 1440],
  ['weekly', 10_080],
  ['monthly', 43_200],
  ['yearly', 525_600],
]);

/** RSS's ttl, else the syndication module's period. */
export function ttlMinutes(feed: XmlElement): number | undefined {
  const ttl = firstOf(feed, ['ttl', 'atom:ttl'], positive);
  if (ttl !== undefined) return Math.round(ttl);
  return updatePeriodMinutes(feed);
}

/** The update period of the syndication module divided by its frequency. */
export function updatePeriodMinutes(feed: XmlElement): number | undefined {
  const period = firstOf(feed, ['sy:updateperiod'], (element) =>
    periodMinutes.get(tokenOf(element)?.toLowerCase() ?? ''),
  );
  const frequency = firstOf(feed, ['sy:updatefrequency'], positive);
  if (period === undefined && frequency === undefined) return undefined;
  // The module's defaults: daily, once.
  return Math.max(1, Math.round((period ?? 1440) / (frequency ?? 1)));
}

function positive(element: XmlElement): number | undefined {
  const token = tokenOf(element) ?? '';
  return /^\d{1,9}(?:\.\d{1,6})?$/.test(token) && Number(token) > 0 ? Number(token) : undefined;
}
