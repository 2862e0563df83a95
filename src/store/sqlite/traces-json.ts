import type { PollTrace } from '../../model/source.ts';

/** Traces of polls, and the same as JSON. */
export interface TracesJson {
  readonly traces: readonly PollTrace[];
  readonly json: string;
}

export const noTraces: TracesJson = { traces: [], json: '[]' };

/** Makes traces JSON. Nearly always the last poll's is the only one that was not there before. */
export function tracesJson(traces: readonly PollTrace[], before: TracesJson): TracesJson {
  const last = traces.at(-1);
  const dropped = before.traces.length + 1 - traces.length;
  const isLonger =
    last && dropped >= 0 && traces.every((trace, at) => trace === (before.traces[at + dropped] ?? last));
  if (!isLonger) return { traces, json: JSON.stringify(traces) };
  let from = 1;
  for (let count = 0; count < dropped; count++) from = before.json.indexOf('],[', from) + 2;
  const kept = traces.length === 1 ? '' : `${before.json.slice(from, -1)},`;
  return { traces, json: `[${kept}${JSON.stringify(last)}]` };
}
