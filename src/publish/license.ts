import type { Licensed } from '../model/feed.ts';
import { isWebUrl } from '../text/url.ts';

/** The license that a link leads to (RFC 4946); rights that are an address are that of one. */
export function licenseOf({ rights, license }: Licensed): string | undefined {
  return license ?? (rights !== undefined && isWebUrl(rights) ? rights : undefined);
}
