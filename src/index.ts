/** The library: read any feed, key a title, write Atom. */
export { parseFeed } from './normalize/parse-feed.ts';
export type { ParseHints } from './parse/hints.ts';
export { FeedParseError } from './model/errors.ts';
export { titleHash, titleKey, type TitleKeyOptions } from './identify/title-key.ts';
export { renderAtom } from './publish/atom/feed.ts';
export type { Entry, EntryReport, FeedHead, FeedLink } from './publish/entry.ts';
export type * from './model/feed.ts';
