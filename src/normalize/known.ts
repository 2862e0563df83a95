/** The object without its undefined keys: what is not known is absent. */
export function known<T extends object>(fields: { readonly [K in keyof T]-?: T[K] | undefined }): T;
export function known<T extends object>(fields: { readonly [K in keyof T]?: T[K] | undefined }): T;
export function known(fields: object): object {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) if (value !== undefined) kept[key] = value;
  return kept;
}
