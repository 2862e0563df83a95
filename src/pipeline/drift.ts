import type { ParsedFeed } from '../model/feed.ts';
import type { DocumentShape, Drift, Expectation, SourceState } from '../model/source.ts';

/** How many of the last documents tell what is usual. */
const memory = 20;

/** A drifted source is believed after so many alike, or after so long. */
const alikeEnough = 3;
const patienceMs = 6 * 3_600_000;

export function shapeOf({ feed, items }: ParsedFeed, at: Date, bytes: number): DocumentShape {
  return {
    at: at.toISOString(),
    format: feed.format,
    items: items.length,
    linked: share(items, ({ url }) => url !== undefined),
    timed: share(items, ({ published }) => published !== undefined),
    bytes,
  };
}

export function remember(history: readonly DocumentShape[], shape: DocumentShape): readonly DocumentShape[] {
  return [...history, shape].slice(-memory);
}

/**
 * Why a document is not what its source used to give, as a sentence; undefined where it is. A document has
 * drifted that is of another format, has no item, or has fewer items and fewer links than half of what was
 * usual: a thin day alone is none.
 */
export function driftCause(shape: DocumentShape, history: readonly DocumentShape[]): string | undefined {
  const last = history.at(-1);
  if (!last) return undefined;
  if (family(shape.format) !== family(last.format))
    return `the document is ${shape.format}, and was ${last.format}`;
  const usual = {
    items: median(history.map(({ items }) => items)),
    linked: median(history.map(({ linked }) => linked)),
  };
  if (shape.items === 0 && usual.items > 0) return `the document has no item, and usually has ${usual.items}`;
  if (shape.items < usual.items / 2 && shape.linked < usual.linked / 2) {
    return `the document has ${shape.items} items, ${percent(shape.linked)} of them linked; usual are ${usual.items} and ${percent(usual.linked)}`;
  }
  return undefined;
}

/** RSS of another version is the same feed; RSS instead of a telegraph is not. */
const family = (format: string): string => format.replace(/-[\d.]+$/, '');

/** The drift after one more document that is not as usual. */
export function nextDrift({ drift }: SourceState, next: Omit<Drift, 'since' | 'alike'>, now: Date): Drift {
  const isAlike =
    drift?.shape?.format === next.shape?.format &&
    drift?.shape?.items === next.shape?.items &&
    drift?.error?.code === next.error?.code;
  return {
    ...next,
    since: drift?.since ?? now.toISOString(),
    alike: drift && isAlike ? drift.alike + 1 : 1,
  };
}

/** Whether what looked like a mistake is how the source is now. */
export function isBelieved(drift: Drift, now: Date): boolean {
  return (
    drift.shape !== undefined &&
    (drift.alike >= alikeEnough || now.getTime() - Date.parse(drift.since) >= patienceMs)
  );
}

/** What a sound document lacks of its source's promises, as a sentence; undefined where it keeps them. */
export function breach(
  shape: DocumentShape | undefined,
  { minItems = 0, timed = 0, linked = 0 }: Expectation,
): string | undefined {
  if (!shape) return undefined;
  if (shape.items < minItems) return `${shape.items} items, and at least ${minItems} are expected`;
  const times = shape.timed ?? 1;
  if (times < timed) return `${percent(times)} of the items have a time, and ${percent(timed)} are expected`;
  if (shape.linked < linked)
    return `${percent(shape.linked)} of the items have a link, and ${percent(linked)} are expected`;
  return undefined;
}

function share<Value>(values: readonly Value[], has: (value: Value) => boolean): number {
  return values.length === 0 ? 1 : values.filter(has).length / values.length;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const percent = (value: number): string => `${Math.round(value * 100)} %`;
