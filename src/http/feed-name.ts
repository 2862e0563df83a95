import { feedFormats, type FeedFormatName } from '../publish/representation.ts';

export interface FeedName {
  readonly path: string;
  readonly format: FeedFormatName;
}

/** A feed's path and format from the end of its URL, `topics/ai.atom`; undefined for what names no format. */
export function readFeedName(name: string): FeedName | undefined {
  const dot = name.lastIndexOf('.');
  const format = feedFormats.find((candidate) => candidate === name.slice(dot + 1));
  return dot < 0 || !format ? undefined : { path: name.slice(0, dot), format };
}
