import { createHash } from 'node:crypto';
import { hashKey } from './title-key.ts';

export { isAbsoluteIri } from '../text/url.ts';

/** Who makes the ids: the owner of a name (RFC 4151), or this installation. */
export interface Authority {
  /** `news.example.org,2026`; without it ids are `urn:uuid` under `installId`. */
  readonly name?: string;
  /** A UUID that was made and stored at first start. */
  readonly installId: string;
}

/** A permanent id for an item whose own cannot be used: the same for the same source and item key. */
export function mintEntryId(authority: Authority, source: string, itemKey: string): string {
  return mint(authority, source, hashKey(itemKey).slice(0, 32));
}

/** A permanent id for a feed, from its path and the parameters that change what it means. */
export function feedId(authority: Authority, path: string): string {
  return mint(authority, 'feed', path);
}

/** The name of an item in URLs: the first 16 hexadecimal digits of the SHA-256 of its entry id. */
export function apiIdOf(entryId: string): string {
  return hashKey(entryId).slice(0, 16);
}

function mint(authority: Authority, kind: string, name: string): string {
  if (authority.name !== undefined) return `tag:${authority.name}:${kind}/${name}`;
  return `urn:uuid:${uuid5(authority.installId, `${kind}/${name}`)}`;
}

/** A name-based UUID (RFC 9562, version 5). */
function uuid5(namespace: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  hash[6] = (hash.readUInt8(6) & 0x0f) | 0x50;
  hash[8] = (hash.readUInt8(8) & 0x3f) | 0x80;
  const hex = hash.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
