import { parseFeed } from '../../src/normalize/parse-feed.ts';

/** What is wrong with a document as an Atom feed; nothing where it can be read without a repair. */
export function wellFormedness(document: string): string {
  try {
    const { feed, warnings } = parseFeed(Buffer.from(document));
    if (feed.format !== 'atom-1.0') return `it is ${feed.format}`;
    return warnings.map(({ message }) => message).join('; ');
  } catch (error) {
    return (error as Error).message;
  }
}
