/** A clock that stands still until it is moved. */
export interface Clock {
  readonly now: () => Date;
  readonly set: (time: string) => void;
  /** Moves on by a number of minutes; back by a negative one. */
  readonly pass: (minutes: number) => void;
}

export function stoppedClock(time: string): Clock {
  let at = Date.parse(time);
  return {
    now: () => new Date(at),
    set: (other) => {
      at = Date.parse(other);
    },
    pass: (minutes) => {
      at += minutes * 60_000;
    },
  };
}
