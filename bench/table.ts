import { holds, type Result } from './result.ts';

/** The results as a Markdown table. */
export function markdownTable(results: readonly Result[]): string {
  const rows = results.map((result) => [
    result.what,
    result.against,
    `${figure(result.ours)} ${result.unit}`,
    `${figure(result.theirs)} ${result.unit}`,
    `${figure(result.ratio.median)} (${figure(result.ratio.least)}…${figure(result.ratio.most)})`,
    barOf(result),
  ]);
  const lines = [
    ['what', 'against', 'tributary', 'the other', 'ratio (least…most)', 'bar'],
    ['---', '---', '---:', '---:', '---:', '---'],
    ...rows,
  ];
  return lines.map((cells) => `| ${cells.map(escapeCell).join(' | ')} |\n`).join('');
}

function barOf(result: Result): string {
  const { bar } = result;
  if (!bar) return '';
  const words = 'atLeast' in bar ? `≥ ${figure(bar.atLeast)}` : `≤ ${figure(bar.atMost)}`;
  return `${words} ${holds(result) === true ? '✓' : '**missed**'}`;
}

/** Three significant digits. */
function figure(value: number): string {
  if (!Number.isFinite(value)) return '?';
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}

const escapeCell = (text: string) => text.replaceAll('|', '\\|');
