import { complaint, type Check, type Complaint } from './complaint.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Tags that the validator takes for safe. */
const safeTags = words(
  `a abbr acronym address area article aside audio b bdi big blockquote br button canvas caption center cite code col
  colgroup command data datagrid datalist dd del details dfn dialog dir div dl dt em eventsource fieldset figcaption
  figure footer font form header h1 h2 h3 h4 h5 h6 hgroup hr i img input ins kbd label legend li m main map mark menu
  meter nav ol output optgroup option p picture pre progress q rp rt ruby s samp section select small source span strike
  strong sub summary sup table tbody td template textarea time tfoot th thead tr track tt u ul var video noscript wbr`,
);

/** Tags that are HTML and run, load or change what they should not. */
const unsafeTags = words(
  `applet base basefont bdo body comment embed frame frameset head html iframe isindex link listing meta noframes object
  param plaintext script slot style title xmp`,
);

/** All tags of HTML, for the validator; `rb` and `rtc` are none. */
export const htmlTags: ReadonlySet<string> = new Set([...safeTags, ...unsafeTags]);

/** Attributes that the validator takes for safe, of those that anybody writes; `style` has a check of its own. */
const safeAttributes = words(
  `abbr accept accesskey action align alt background bgcolor border cellpadding cellspacing char charoff charset checked
  cite class clear color cols colspan compact coords crossorigin datetime decoding default dir disabled download draggable
  enctype face for form frame headers height hidden high href hreflang hspace id ismap itemid itemprop itemref itemscope
  itemtype kind label lang list loading longdesc loop low max maxlength media method min multiple muted name nohref
  noshade nowrap open optimum pattern ping placeholder playsinline poster preload prompt radiogroup readonly referrerpolicy
  rel required rev reversed rows rowspan rules scope selected shape size sizes span spellcheck src srclang srcset start
  step summary tabindex target title translate type usemap valign value vspace width wrap`,
);

const tag = /<(\/?)([a-z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/gi;
const attribute = /([^\s=/"'<>]+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]*))?/g;

/** HTML of tags and attributes that do no harm, whose elements end where they should. */
export const safeHtml: Check = (html, at) => [...tagComplaints(html, at), ...nestingComplaints(html, at)];

function tagComplaints(html: string, at: string): readonly Complaint[] {
  return [...html.matchAll(tag)].flatMap(([, slash, given = '', rest = '']) => {
    const name = given.toLowerCase();
    if (!htmlTags.has(name)) return [complaint('NotHtml', at, name)];
    if (slash !== '') return [];
    if (!safeTags.has(name)) return [complaint('SecurityRisk', at, name)];
    return [...rest.matchAll(attribute)]
      .map(([, key = '']) => key.toLowerCase())
      .filter((key) => !safeAttributes.has(key) && !key.startsWith('data-'))
      .map((key) =>
        complaint(key === 'style' ? 'DangerousStyleAttr' : 'SecurityRiskAttr', at, `${name} ${key}`),
      );
  });
}

const voidTags = words('area base br col embed hr img input link meta param source track wbr');

/** What any browser stumbles over; html5lib, which the validator asks, knows more. */
function nestingComplaints(html: string, at: string): readonly Complaint[] {
  const open: string[] = [];
  for (const [whole, slash, given = ''] of html.matchAll(tag)) {
    const name = given.toLowerCase();
    if (voidTags.has(name)) continue;
    if (slash === '') open.push(name);
    else if (open.pop() !== name) return [complaint('NotHtml', at, whole)];
  }
  if (open.length > 0) return [complaint('NotHtml', at, `<${open.join('> <')}>`)];
  const [loose] = /<(?![/a-z!])|&(?:#(?![x\d])|[a-z]+(?![\w;]))/i.exec(html) ?? [];
  return loose === undefined ? [] : [complaint('NotHtml', at, loose)];
}

/** HTML whose links and images are absolute: RSS has no base for others. */
export const absoluteLinks: Check = (html, at) => {
  const [, address] = /<(?:a|img)\s[^>]*?(?:href|src)=["'](?!\w+:)([^"']*)["']/i.exec(html) ?? [];
  return address === undefined ? [] : [complaint('ContainsRelRef', at, address)];
};
