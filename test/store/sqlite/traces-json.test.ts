import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PollTrace } from '../../../src/model/source.ts';
import { traced } from '../../../src/pipeline/trace.ts';
import { noTraces, tracesJson } from '../../../src/store/sqlite/traces-json.ts';

const start = Date.UTC(2026, 0, 5);

test('the traces of poll after poll are the JSON that they are as a whole', () => {
  let traces: readonly PollTrace[] = [];
  let known = noTraces;
  for (let poll = 0; poll < 25; poll++) {
    const at = start + poll * 60_000;
    traces = traced(traces, { kind: 'unchanged', status: 304 }, new Date(at), new Date(at + poll));
    known = tracesJson(traces, known);
    expect(known.json).toBe(JSON.stringify(traces));
  }
});

test('so are those that have little to do with what was there before', () => {
  const pool = Array.from({ length: 6 }, (_, at): PollTrace => [start + at, 'fetched', at, 200]);
  const some = fc.array(fc.constantFrom(...pool), { maxLength: 8 });
  fc.assert(
    fc.property(some, some, (before, after) => {
      expect(tracesJson(after, tracesJson(before, noTraces)).json).toBe(JSON.stringify(after));
    }),
  );
});
