import type { ParsedFeed } from '../model/feed.ts';
import type { Store } from '../store/store.ts';

/**
 * Whether a document is a feed that this program publishes, in any format: it names itself by a URL of this site,
 * and holds nothing but entries of this store. The URL alone is no proof: many sites are called 127.0.0.1.
 */
export async function isOwnOutput(
  { feed, items }: ParsedFeed,
  siteUrl: string,
  store: Store,
): Promise<boolean> {
  if (feed.selfUrl?.startsWith(`${siteUrl}/feeds/`) !== true) return false;
  const ids = items.flatMap(({ id }) => id ?? []);
  const owners = await store.write((transaction) => transaction.entryIdOwners(ids));
  return ids.length === items.length && ids.every((id) => owners.has(id));
}
