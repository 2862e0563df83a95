/** The object without its undefined keys: what is not known is absent. */
export function known<T extends object>(fields: { readonly [K in keyof T]?: T[K] | undefined }): T {
  const kept: Record<string, unknown> = {};
  for (const key in fields) {
    const value = fields[key];
    if (value !== undefined) kept[key] = value;
  }
  // The type of T's optional keys does not hold undefined, and no other key is missing in what callers give.
  return kept as T;
}
