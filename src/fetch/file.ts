import { hash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Location } from '../model/source.ts';
import { failed, type FetchOutcome, type LastFetch } from './outcome.ts';

type FileLocation = Extract<Location, { kind: 'file' }>;

/**
 * Reads a local document. Size and modification time serve as its validator, and the hash of its bytes has
 * the last word. The file's real path has to be one of the location's roots or below one.
 */
export async function fetchFile(
  location: FileLocation,
  last: LastFetch,
  maxBytes: number,
): Promise<FetchOutcome> {
  const { path } = location;
  try {
    const real = await realpath(path);
    if (!(await isWithin(real, location.roots))) {
      return failed('file-outside', `fetch: ${path} leads outside the folders that sources may read`);
    }
    const found = await stat(real, { bigint: true });
    if (found.isDirectory()) return failed('file-folder', `fetch: ${path} is a folder`);
    // A pipe or a device may never end.
    if (!found.isFile()) return failed('file-unreadable', `fetch: ${path} is no regular file`);
    if (found.size > maxBytes)
      return failed('too-large', `fetch: ${path} has ${found.size} bytes; at most ${maxBytes} are read`);
    const url = pathToFileURL(path).href;
    const validators = { url, etag: `${found.size}-${found.mtimeNs}` };
    if (last.validators?.url === url && last.validators.etag === validators.etag)
      return { kind: 'unchanged' };
    const bytes = await readFile(real);
    const bodyHash = hash('sha256', bytes);
    if (bodyHash === last.bodyHash) return { kind: 'unchanged', validators };
    return { kind: 'fetched', bytes, bodyHash, url, headers: {}, validators };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return failed('file-missing', `fetch: there is no file ${path}`);
    return failed('file-unreadable', `fetch: ${path} cannot be read: ${message}`);
  }
}

async function isWithin(real: string, roots: readonly string[]): Promise<boolean> {
  for (const root of roots) {
    const top = await realpath(root).catch(() => undefined);
    if (top !== undefined && (real === top || real.startsWith(top.endsWith(sep) ? top : `${top}${sep}`)))
      return true;
  }
  return false;
}
