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
  const counts = new Map<string, number>();
  return {
    count: (name, labels, by = 1) => {
      const series = `${name}${labelText(labels)}`;
      counts.set(series, (counts.get(series) ?? 0) + by);
    },
    series: (name, labels) => {
      const series = `${name}${labelText(labels)}`;
      return () => {
        counts.set(series, (counts.get(series) ?? 0) + 1);
      };
    },
    render: (gauges) =>
      [
        ...Object.entries(counters).flatMap(([name, help]) => [
          `# HELP ${name} ${help}`,
          `# TYPE ${name} counter`,
          ...[...counts]
            .filter(([series]) => series.startsWith(`${name}{`))
            .map(([series, value]) => `${series} ${value}`),
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
