import type { Location } from './source.ts';

/** Until when which hosts (`example.org:8080`) and URLs are to be left alone. */
export type Holds = ReadonlyMap<string, Date>;

/** What holds a source back. */
export interface Hold {
  /** The host or URL that asked to be left alone. */
  readonly name: string;
  readonly until: Date;
}

/** The longest of the holds that a source's document is under, by its host or by its URL. */
export function holdOn(location: Location, holds: Holds): Hold | undefined {
  if (location.kind !== 'http' || holds.size === 0) return undefined;
  return [new URL(location.url).host, location.url]
    .flatMap((name) => ({ name, until: holds.get(name) }))
    .reduce<Hold | undefined>(
      (longest, { name, until }) =>
        until === undefined || (longest && longest.until >= until) ? longest : { name, until },
      undefined,
    );
}
