/** A text without the dateline it began with. */
export interface Undated {
  /** All of the text when it has no dateline. */
  readonly text: string;
  /** Who sends the report: 财联社, 新华社. Absent where the dateline names none. */
  readonly agency?: string;
}

/** No dateline is longer; only so much is looked at, so that no text is slow. */
const longest = 120;

const letters = String.raw`[\p{L}\p{N}·]`;
const digit = '[0-9０-９]';
const date = `(?:(?:${digit}{4}年)?${digit}{1,2}月)?${digit}{1,2}日`;
const opening = String.raw`[〔［\[【（(]`;
const closing = String.raw`[〕］\]】）)]`;
const inner = String.raw`[^〔〕［］\[\]【】（）()]`;
const reporters = String.raw`[（(]${inner}{0,20}(?:[记記]者|[编編][辑輯]|通讯员)${inner}{0,50}[）)]`;
const end = String.raw`(?:\s{0,2}${reporters}\s{0,2}[，,：:]?|\s{0,2}[，,：:]|(?=\s))\s*`;

/** News agencies that send reports under their bare name: 新华社电，. Another 社 without a date is a company. */
const agencies = String.raw`(?:新[华華]|中新|中通|中央|[财財][联聯]|路透|法新|美[联聯]|合[众眾]|共同|[时時]事|[韩韓][联聯]|塔斯)社`;

/** The same where they are named for short: 【彭博訊】. */
const agencyShort = '(?:彭博|路透|法新|美[联聯]|共同|橙)';

/** How a name shows that it is a medium's, where no date does; 国家电网 is a company. */
const medium = String.raw`(?:${agencies}|[报報台氪汇匯]|(?<![电電])[网網]|[财財每][经經](?:AI)?|新[闻聞]|科技)`;

/** Where reports are sent from, by a name that stands alone: 【台北訊】. */
const place =
  '(?:[台臺][北中南東东]|新北|桃[园園]|高雄|基隆|新竹|嘉[义義]|屏[东東]|花[莲蓮]|宜[兰蘭]|苗栗|彰化|南投|[云雲]林|澎湖|金[门門]|' +
  '香港|澳[门門]|北京|上海|[广廣]州|深圳|[华華]盛[顿頓]|[纽紐][约約]|[伦倫]敦|[东東]京|首[尔爾]|新加坡|巴黎|柏林|[综綜]合)';

/** 据新华社电 and 记者从国家电网获悉 are clauses of the report and stay; 1月6日 is no name, A股 no medium. */
const named = `(?![据據記记]|[A-Z]?股|${digit}{1,4}[年月日])(?<agency>`;

/** Each with its examples; a word that merely ends like a dateline (腾讯，中兴通讯) fits none. */
const datelines: readonly RegExp[] = [
  // 财联社1月6日电， 新华社北京1月6日电（记者李明） 新华社圣何塞（哥斯达黎加）1月6日电 《科创板日报》6日讯，
  String.raw`${named}${letters}{2,20}?|《${inner}{2,20}?》)(?:[（(]${inner}{1,12}[）)])?\s?${date}[电電讯訊]${end}`,
  // 智通财经讯， 36氪获悉， 观点网快讯： 新华社电，
  String.raw`${named}(?:(?![从從据據])${letters}){0,12}?${medium})(?:APP)?(?:快?[讯訊]|(?:[独獨]家)?[获獲]悉)${end}`,
  String.raw`${named}${agencies})[电電]${end}`,
  // 《每日经济新闻》讯， 《证券日报》记者获悉，
  String.raw`(?<agency>《${inner}{2,20}?》)(?:快?[讯訊]|(?:[记記]者)?[获獲]悉)${end}`,
  // 〔記者王明／台北報導〕 〔編譯林中／綜合報導〕
  String.raw`${opening}(?=${inner}{0,40}(?:[／/]|[记記]者))${inner}{2,60}?[報报][导導道]${closing}\s*`,
  // （中央社記者王明台北6日電） （中央社台北6日綜合外電報導） （記者王明台北6日電）
  String.raw`${opening}(?:(?<agency>${letters}{1,12}?社)|[记記]者)${inner}{0,40}?${digit}日${letters}{0,4}(?:[电電]|[報报][导導道])(?:[報报][导導道])?${closing}\s*`,
  // 【本報訊】 〔本報訊〕 【記者王明／台北訊】 【明報專訊】 【on.cc東網專訊】 【彭博訊】 【台北訊】 【大紀元2026年01月06日訊】
  String.raw`${opening}(?:本[报報刊台网網]|(?:特[约約])?[记記]者|${place}|(?<agency>[a-zA-Z.\-]{0,12}${letters}{0,12}?(?:${medium}|${agencyShort}|(?=${date}))))(?:${date})?[\p{L}\p{N}·／/]{0,16}(?<![通腾騰资資快简簡])[讯訊]${closing}\s*`,
].map((pattern) => new RegExp(`^${pattern}`, 'u'));

/** A character that every dateline has one of. */
const hint = /[电電讯訊悉导導道]/;

/**
 * Takes off the dateline a report or a title begins with. It is careful: what is not plainly a dateline stays,
 * because a title that loses a word of its own would be taken for another story.
 */
export function stripDateline(text: string): Undated {
  const start = text.trimStart();
  const head = start.slice(0, longest);
  if (!hint.test(head)) return { text };
  for (const dateline of datelines) {
    const match = dateline.exec(head);
    if (match === null) continue;
    const agency = agencyName(match.groups?.['agency'] ?? '');
    return { text: start.slice(match[0].length).trimStart(), ...(agency && { agency }) };
  }
  return { text };
}

/** The sender alone: 新华社北京 is 新华社, 《科创板日报》 is 科创板日报, 本报 is nobody. */
function agencyName(name: string): string {
  if (/^本[报報台网網刊]/.test(name)) return '';
  const bare = name.replace(/[《》]/g, '');
  return /^.*(?:[社报報网網氪]|[视視电電]台|新[闻聞]|[财財][经經])/.exec(bare)?.[0] ?? bare;
}
