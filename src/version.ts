import { readFileSync } from 'node:fs';

/** The version of the package, which stands beside `src` and `dist` alike. */
export const version = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
).version;
