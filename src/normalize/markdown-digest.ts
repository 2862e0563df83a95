import type { Item, ParsedFeed, Part, Person } from '../model/feed.ts';
import type { MarkdownDigestItem, MarkdownDigestWire } from '../parse/markdown-digest/wire.ts';
import { stripDateline } from '../text/dateline.ts';
import { foldSpace } from '../text/space.ts';
import type { NormalizeContext } from './context.ts';
import { distinctPeople, parseByline, splitNames, type Byline } from './documents/byline.ts';
import { columnOf } from './documents/columns.ts';
import { digestParts, isDigest, isHeading, type DigestPart } from './documents/digest-parts.ts';
import { markdownText, renderInline } from './documents/markdown-inline.ts';
import { renderMarkdown } from './documents/markdown.ts';
import { orderHint } from './documents/order-hint.ts';
import { richText } from './html-field.ts';

/** The columns of 36kr, the one known source of the format. */
const knownColumns = [
  ...['8点1氪', '氪星晚报', 'CEO锦囊·X计划'],
  ...['36氪独家', '36氪首发', '36氪研究院', '潜伏独角兽'],
];

const image = /^!\[[^\]]*\]\(\S+\)$/;

/** Plain text: 本文来自微信公众号“小满观察”，作者：王明，编辑：李红，… */
const repost = /^本文(?:来自|转自|转载自|首发于)(?:微信)?(?:公众号)?\s?[“「"]([^“”「」"]{1,40})[”」"]/;
const repostPerson = /(作者|撰文|编辑|责编|整理)[：:]\s?([^，,。；;：:]{1,40})/g;

const newsflashSource = /[（(]([^（）()]{2,24})[）)]$/;
```
