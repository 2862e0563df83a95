/** Text that nobody wrote, the same for the same seed. */
export interface Writer {
  /** From 0 to 1. */
  readonly number: () => number;
  /** From 0 to `below`, without it. */
  readonly whole: (below: number) => number;
  /** Words with spaces between them. */
  readonly words: (count: number) => string;
}

const vocabulary =
  'river market council budget harbour bridge minister quarter growth satellite battery library museum rainfall 市场 央行 公司 新闻 发布 季度 增长 电池 机器人 research travel price climate village orchestra'.split(
    ' ',
  );

export function createWriter(seed: number): Writer {
  const number = seeded(seed);
  const whole = (below: number) => Math.floor(number() * below);
  const word = () => vocabulary[whole(vocabulary.length)] ?? '';
  return { number, whole, words: (count) => Array.from({ length: count }, word).join(' ') };
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
