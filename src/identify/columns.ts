/**
 * Columns: the affixes of a title that name a recurring column (36氪独家, 盘前必读) or a site, not the story.
 * Only named ones are ever cut, since cutting at ：or ｜ in general would make different stories one.
 */

/** Digests whose name is the same every day: without it their titles would be the list of another's news. */
const recurringDigests: ReadonlySet<string> = new Set(['8点1氪', '氪星晚报']);

/** What stands between a column and the title; 丨 is U+4E28, an ideograph that serves as a bar. */
const bars = ['｜', '|', '丨', ' - ', '：', ':'] as const;

const brackets = [
  ['【', '】'],
  ['[', ']'],
  ['「', '」'],
] as const;

/** The title without its column at the start or the end; a title that is all column stays. */
export function withoutColumn(title: string, column: string | undefined): string {
  if (column === undefined || column === '' || recurringDigests.has(column)) return title;
  const text = title.trim();
  const rest = afterPrefix(text, column) ?? beforeSuffix(text, column);
  return rest === undefined || rest === '' ? title : rest;
}

function afterPrefix(text: string, column: string): string | undefined {
  for (const [open, close] of brackets) {
    const prefix = `${open}${column}${close}`;
    if (text.startsWith(prefix)) return text.slice(prefix.length).trim();
  }
  if (!text.startsWith(column)) return undefined;
  const rest = text.slice(column.length);
  const bar = bars.find((candidate) => rest.trimStart().startsWith(candidate.trim()));
  return bar === undefined ? undefined : rest.trimStart().slice(bar.trim().length).trim();
}

function beforeSuffix(text: string, column: string): string | undefined {
  for (const [open, close] of brackets) {
    const suffix = `${open}${column}${close}`;
    if (text.endsWith(suffix)) return text.slice(0, -suffix.length).trim();
  }
  if (!text.endsWith(column)) return undefined;
  const rest = text.slice(0, -column.length).trimEnd();
  const bar = bars.find((candidate) => rest.endsWith(candidate.trim()));
  return bar === undefined ? undefined : rest.slice(0, -bar.trim().length).trim();
}
