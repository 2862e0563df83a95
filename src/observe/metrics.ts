/** Numbers in the text format that Prometheus reads. */
export interface Metrics {
  /** Adds to a counter, one for each combination of labels. */
  readonly count: (name: CounterName, labels: Labels, by?: number) => void;
  /** The same for a combination that is counted often: its name is made once. */
  readonly series: (name: CounterName, labels: Labels) => () => void;
  /** The counters, and the gauges as they are now. */
  readonly render: (gauges: readonly Gauge[]) => string;
}

export type Labels = Readonly<Record<string, string>>;

export interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly values: readonly (readonly [labels: Labels, value: number])[];
}

const counters = {
  tributary_http_requests_total: 'Answered requests by route and status.',
  tributary_polls_total: 'Finished polls by source and outcome.',
  tributary_new_items_total: 'Items that were new, by source.',
} as const;

export type CounterName = keyof typeof counters;

export function createMetrics(): Metrics {
  const counts = new Map<string, { value: number }>();
  const counterOf = (name: CounterName, labels: Labels): { value: number } => {
    const series = `${name}${labelText(labels)}`;
    const known = counts.get(series);
    if (known) return known;
    const counter = { value: 0 };
    counts.set(series, counter);
    return counter;
  };
  return {
    count: (name, labels, by = 1) => {
      counterOf(name, labels).value += by;
    },
    series: (name, labels) => {
      let counter: { value: number } | undefined;
      return () => {
        // What was never counted is not told.
        counter ??= counterOf(name, labels);
        counter.value += 1;
      };
    },
    render: (gauges) =>
      [
        ...Object.entries(counters).flatMap(([name, help]) => [
          `# HELP ${name} ${help}`,
          `# TYPE ${name} counter`,
          ...[...counts]
            .filter(([series]) => series.startsWith(`${name}{`))
            .map(([series, { value }]) => `${series} ${value}`),
        ]),
        ...gauges.flatMap(({ name, help, values }) => [
          `# HELP ${name} ${help}`,
          `# TYPE ${name} gauge`,
          ...values.map(([labels, value]) => `${name}${labelText(labels)} ${value}`),
        ]),
        '',
      ].join('\n'),
  };
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replace(/["\\\n]/g, '_')}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
