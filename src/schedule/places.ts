import type { Source } from '../model/source.ts';

/** A request that takes longer keeps nobody else waiting: its place is free for another one. */
const slowAfterMs = 1000;

/** With those that hang, so many times as many requests are under way at most. */
const withSlow = 4;

/** Sources that failed the last time take no more than this share of the places, hanging or not. */
const doubtfulShare = 0.5;

export interface PlaceSettings {
  /** Requests at once, those that hang apart. */
  readonly concurrency: number;
  /** Requests at once to one host and port, those that hang included. */
  readonly perHost: number;
}

/** Who may be asked at the same time. */
export interface Places {
  /** Whether there is no place for anybody. */
  readonly areFull: () => boolean;
  readonly isFree: (source: Source) => boolean;
  /** Takes a place; gives how to leave it, once or more often. */
  readonly take: (source: Source) => () => void;
  /** Host and port that a source is asked at; the disk is none that needs sparing. */
  readonly hostOf: (source: Source) => string | undefined;
  /** Notes how the source's last poll ended: of those that failed, some hang until their deadline. */
  readonly note: (source: string, isSound: boolean) => void;
}

/** How many places are taken, and how many of them for less than a second. */
interface Counts {
  all: number;
  quick: number;
}

/**
 * The places for requests: so many in all, so many to one host. Whatever hangs keeps its host's place, but not
 * one of those that all sources share. `onFree` is called whenever a place becomes free.
 */
export function createPlaces({ concurrency, perHost }: PlaceSettings, onFree: () => void): Places {
  const hosts = new WeakMap<Source, { readonly name: string | undefined }>();
  const atHost = new Map<string | undefined, number>();
  const doubtful = new Set<string>();
  const taken: Counts = { all: 0, quick: 0 };
  const takenByDoubtful: Counts = { all: 0, quick: 0 };

  const hostOf = (source: Source): string | undefined => {
    const known = hosts.get(source) ?? { name: requestHost(source) };
    hosts.set(source, known);
    return known.name;
  };
  const exceeds = ({ all, quick }: Counts, most: number): boolean => quick >= most || all >= most * withSlow;
  const mostDoubtful = Math.max(1, Math.floor(concurrency * doubtfulShare));
  const areFull = (): boolean => exceeds(taken, concurrency);

  return {
    areFull,
    hostOf,
    isFree: (source) => {
      if (areFull() || (doubtful.has(source.id) && exceeds(takenByDoubtful, mostDoubtful))) return false;
      const host = hostOf(source);
      return host === undefined || (atHost.get(host) ?? 0) < perHost;
    },
    take: (source) => {
      const host = hostOf(source);
      const counted = doubtful.has(source.id) ? [taken, takenByDoubtful] : [taken];
      let stage: 'quick' | 'slow' | 'left' = 'quick';
      for (const counts of counted) {
        counts.all += 1;
        counts.quick += 1;
      }
      atHost.set(host, (atHost.get(host) ?? 0) + 1);
      const giveWay = (): void => {
        for (const counts of counted) counts.quick -= 1;
        stage = 'slow';
        onFree();
      };
      const timer = setTimeout(giveWay, slowAfterMs).unref();
      return () => {
        if (stage === 'left') return;
        clearTimeout(timer);
        for (const counts of counted) {
          counts.all -= 1;
          if (stage === 'quick') counts.quick -= 1;
        }
        stage = 'left';
        const left = (atHost.get(host) ?? 1) - 1;
        if (left === 0) atHost.delete(host);
        else atHost.set(host, left);
        onFree();
      };
    },
    note: (source, isSound) => {
      if (isSound) doubtful.delete(source);
      else doubtful.add(source);
    },
  };
}

function requestHost({ location }: Source): string | undefined {
  return location.kind === 'http' ? new URL(location.url).host : undefined;
}
