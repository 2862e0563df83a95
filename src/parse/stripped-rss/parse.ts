import type { Warning } from '../../model/feed.ts';
import { documentLines, firstLine, notOfFormat, replacementWarnings, type Line } from '../documents/lines.ts';
import type { StrippedRssChannel, StrippedRssItem, StrippedRssWire } from './wire.ts';

const head = /^<!\[CDATA\[(.*?)\]\]>\s*(https?:\/\/\S+)(?:\s(.*))?$/;
const channelHead = /^(\S.*?)\s(https?:\/\/\S+)(?:\s([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*))?$/;

/** The zone is asked for: a date that was cut before its zone would be another time. */
const trailer =
  /^(.*?)\s?((?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),\s)?\d{1,2}\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s\d{4}\s\d\d:\d\d(?::\d\d)?\s(?:[+-]\d{4}|GMT|UTC?|Z|[ECMP][SD]T))$/;

const cdataOpen = '<![CDATA[';
const cdataClose = ']]>';

interface OpenItem {
  readonly line: number;
  readonly title: string;
  readonly link: string;
  readonly paragraphs: string[];
}

/**
 * Reads `[channel] <![CDATA[ title ]]> url first-paragraph`, paragraphs, `]]>`, `creator date`, and so on.
 *
 * Creator and date stand below their item, so a document cut at its titles would give every date to the next
 * article. What has lost its head or its end is left out as a whole, its date too.
 *
 * @throws FeedParseError for a document with neither a channel nor an item, or with text but no whole item.
 */
export function parseStrippedRss(text: string): StrippedRssWire {
  const all = documentLines(text);
  const first = firstLine(all, 'stripped-rss');
  const { channel, rest } = channelOf(first);
  const lines = [{ ...first, text: rest }, ...all.slice(first.number)].filter((line) => line.text !== '');

  const items: StrippedRssItem[] = [];
  const warnings: Warning[] = [...replacementWarnings(all)];
  let open: OpenItem | undefined;
  let astray = false;

  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? first;
    if (line.text.startsWith(cdataOpen)) {
      if (open !== undefined) warnings.push(unclosed(open.line));
      open = openItem(line);
      astray = open === undefined;
      if (astray) warnings.push(headless(line.number));
      continue;
    }
    if (open === undefined) {
      if (!astray) warnings.push(headless(line.number));
      astray = true;
      continue;
    }
    if (!line.text.endsWith(cdataClose)) {
      open.paragraphs.push(line.text);
      continue;
    }
    const last = line.text.slice(0, -cdataClose.length).trimEnd();
    if (last !== '') open.paragraphs.push(last);
    const end = trailer.exec(lines[index + 1]?.text ?? '');
    if (end === null) warnings.push(undated(open.line));
    else index++;
    items.push({ ...open, ...creatorAndDate(end) });
    open = undefined;
    astray = end === null;
  }
  if (open !== undefined) warnings.push(unclosed(open.line));
  const [begin] = lines;
  if (items.length === 0 && begin !== undefined)
    throw notOfFormat('stripped-rss', begin.number, 'items that end with "]]>"');
  return { kind: 'stripped-rss', ...(channel && { channel }), items, warnings };
}

/** The channel shares the first line with the first item, or has it for itself on a day without any. */
function channelOf(first: Line): { channel?: StrippedRssChannel; rest: string } {
  const at = first.text.indexOf(cdataOpen);
  if (at === 0) return { rest: first.text };
  const [, title, link, language] =
    channelHead.exec((at < 0 ? first.text : first.text.slice(0, at)).trim()) ?? [];
  const alone = at < 0;
  if (title === undefined || link === undefined || (alone && language === undefined)) {
    throw notOfFormat('stripped-rss', first.number, '"channel url language" or "<![CDATA[ title ]]> url"');
  }
  return { channel: { title, link, ...(language && { language }) }, rest: alone ? '' : first.text.slice(at) };
}

function openItem(line: Line): OpenItem | undefined {
  const [, title, link, paragraph = ''] = head.exec(line.text) ?? [];
  if (title === undefined || link === undefined || !URL.canParse(link)) return undefined;
  return {
    line: line.number,
    title: title.trim(),
    link,
    paragraphs: paragraph.trim() === '' ? [] : [paragraph.trim()],
  };
}

function creatorAndDate(end: RegExpExecArray | null): { creator?: string; pubDate?: string } {
  const [, creator = '', pubDate] = end ?? [];
  return { ...(creator.trim() && { creator: creator.trim() }), ...(pubDate && { pubDate }) };
}

function headless(line: number): Warning {
  return {
    code: 'item-without-link',
    message: 'text without "<![CDATA[ title ]]> url" above it is left out',
    line,
  };
}

function unclosed(line: number): Warning {
  return { code: 'item-not-closed', message: 'the item has no "]]>" line and is left out', line };
}

function undated(line: number): Warning {
  return {
    code: 'item-without-date',
    message: 'no "creator date" line follows the item, which stays without a time',
    line,
  };
}
