/**
 * The first place where a value is not as wanted, as a sentence; undefined where it is. Only what is written
 * in `want` is compared: of an object its keys, of a list every element.
 */
export function findDifference(value: unknown, want: unknown, path: string): string | undefined {
  if (Array.isArray(want)) {
    const list = Array.isArray(value) ? (value as readonly unknown[]) : undefined;
    if (list?.length !== want.length)
      return describe(path, list && `a list of ${list.length}`, `a list of ${want.length}`);
    return firstOf(
      want.map((element, index) => () => findDifference(list[index], element, `${path}[${index}]`)),
    );
  }
  if (typeof want === 'object' && want !== null) {
    const object =
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
    if (!object) return describe(path, value, want);
    return firstOf(
      Object.entries(want).map(
        ([key, wanted]) =>
          () =>
            findDifference(object[key], wanted, `${path}.${key}`),
      ),
    );
  }
  return value === want ? undefined : describe(path, value, want);
}

function firstOf(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const difference = check();
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function describe(path: string, found: unknown, wanted: unknown): string {
  return `${path}: found ${show(found)}; expected ${show(wanted)}`;
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
