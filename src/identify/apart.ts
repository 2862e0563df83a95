import { keyLength } from './key-length.ts';
import { dayOf, distanceMs, type MergeRules, type Report } from './stories.ts';

/** A condition of merging that two reports do not meet. */
export type Obstacle =
  | { readonly kind: 'merges-with-nobody' | 'merges-by-url' | 'same-source'; readonly source: string }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'short'; readonly length: number; readonly least: number }
  | {
      readonly kind: 'far';
      readonly compared: 'published' | 'first seen';
      readonly ms: number;
      readonly windowMs: number;
    }
  | { readonly kind: 'other-day'; readonly days: readonly [string, string] }
  /** The keys are equal up to this many characters. */
  | { readonly kind: 'other-title'; readonly equal: number };

/** What would have to differ for a report to join, by its title, a story of these reports; nothing if it would. */
export function obstacles(
  report: Report,
  reports: readonly [Report, ...Report[]],
  rules: MergeRules,
): readonly Obstacle[] {
  return [
    ...sourceObstacles(report, reports, rules),
    ...titleObstacles(report, reports, rules),
    ...timeObstacles(report, reports[0], rules),
  ];
}

/** What would have to differ in a title for any report with it to join the story. */
export function titleObstacles(
  report: Pick<Report, 'titleKey' | 'damaged'>,
  reports: readonly Report[],
  rules: Pick<MergeRules, 'minKeyLength'>,
): readonly Obstacle[] {
  const twin = reports.find(({ titleKey }) => titleKey === report.titleKey);
  if (!twin) {
    const equal = reports.map(({ titleKey }) => commonLength(titleKey, report.titleKey));
    return [{ kind: 'other-title', equal: Math.max(...equal) }];
  }
  if (report.damaged || twin.damaged) return [{ kind: 'damaged' }];
  const length = keyLength(report.titleKey);
  return length < rules.minKeyLength ? [{ kind: 'short', length, least: rules.minKeyLength }] : [];
}

function sourceObstacles(report: Report, reports: readonly Report[], rules: MergeRules): readonly Obstacle[] {
  const found: Obstacle[] = [];
  const all = new Set([report, ...reports].map(({ source }) => source));
  for (const source of all) {
    const { dedupe } = rules.sourceOf(source);
    if (dedupe === 'none') found.push({ kind: 'merges-with-nobody', source });
    if (dedupe === 'url') found.push({ kind: 'merges-by-url', source });
  }
  const { source } = report;
  if (reports.some((other) => other.source === source)) found.push({ kind: 'same-source', source });
  return found;
}

function timeObstacles(report: Report, first: Report, rules: MergeRules): readonly Obstacle[] {
  const { windowMs } = rules;
  const ms = distanceMs(report, first);
  if (ms > windowMs) {
    const compared = report.published && first.published ? 'published' : 'first seen';
    return [{ kind: 'far', compared, ms, windowMs }];
  }
  const days = [dayOf(report, rules), dayOf(first, rules)] as const;
  return rules.recurring.has(report.titleKey) && days[0] !== days[1] ? [{ kind: 'other-day', days }] : [];
}

function commonLength(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  const at = left.findIndex((char, index) => char !== right[index]);
  return at === -1 ? left.length : at;
}
