import type { Person } from '../../model/feed.ts';

/** What bylines call people. */
const roles = (
  '文 文字 作者 撰文 撰稿 采写 採寫 采访 採訪 记者 記者 实习记者 见习记者 实习生 编辑 編輯 责编 責編 责任编辑 責任編輯 ' +
  '主编 编译 編譯 翻译 翻譯 译者 整理 校对 校對 审校 策划 监制 摄影 攝影 制图 设计 视频 运营'
).split(' ');

/** What is credited the same way and is nobody. */
const credits = '来源 來源 出品 图源 圖源 图片来源 封面来源 封面 头图 题图 首图 图'.split(' ');

const longestFirst = [...roles, ...credits].sort((a, b) => b.length - a.length);

const bar = String.raw`\s{0,3}[｜丨|:：/／]\s{0,3}`;
const label = new RegExp(`(^|[\\s,，;；、])(${longestFirst.join('|')})${bar}`, 'g');

/** A label that lost characters on its way (��辑｜): still a byline, of a role that is not ours to guess. */
const damagedLabel = new RegExp(`^([\\p{L}\\uFFFD]{0,4}\\uFFFD[\\p{L}\\uFFFD]{0,4})${bar}(.+)$`, 'u');

const longestByline = 120;

export interface Byline {
  readonly people: readonly Person[];
  /** The people say all that the line says: it can be left out of the text. */
  readonly complete: boolean;
}

/**
 * A line that only says who made the text (`文｜肖明`, `作者 | 周宁 编辑 | 吴双`, `整理 ｜小满`), from its plain
 * text. Undefined for any other line. A credit (`封面来源｜AI生成`) is a byline of nobody.
 */
export function parseByline(text: string): Byline | undefined {
  const line = text.trim();
  if (line.length > longestByline) return undefined;
  const labels = [...line.matchAll(label)];
  if (labels[0]?.index !== 0) return damagedByline(line);

  const people: Person[] = [];
  let complete = true;
  for (const [index, match] of labels.entries()) {
    const names = splitNames(line.slice(match.index + match[0].length, labels[index + 1]?.index));
    if (names === undefined) return undefined;
    const role = match[2] ?? '';
    if (credits.includes(role)) complete = false;
    else people.push(...names.map((name) => ({ name, role })));
  }
  return { people, complete };
}

/** 李明、王红; undefined when it is no list of names but a sentence. */
export function splitNames(text: string): readonly string[] | undefined {
  const names = text
    .split(/[、,，;；&]|(?<=\p{Script=Han})\s+(?=\p{Script=Han})/u)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return names.length > 0 && names.every(isName) ? names : undefined;
}

/** At most 8 Han characters (极客公园编辑部) or 30 others, and no sentence. */
function isName(text: string): boolean {
  const limit = /\p{Script=Han}/u.test(text) ? 8 : 30;
  return text.length <= limit && !/[。．！？!?…“”「」《》【】()（）:：]/u.test(text);
}

function damagedByline(line: string): Byline | undefined {
  const [, remains = '', text = ''] = damagedLabel.exec(line) ?? [];
  const rest = remains.replace(/\uFFFD/g, '');
  const names = splitNames(text);
  const fits = remains !== '' && roles.some((role) => role.startsWith(rest) || role.endsWith(rest));
  return fits && names !== undefined
    ? { people: names.map((name) => ({ name })), complete: false }
    : undefined;
}
