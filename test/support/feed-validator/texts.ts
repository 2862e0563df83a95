import { complaint, type Check } from './complaint.ts';
import { htmlTags } from './html.ts';

/** The names that HTML 4 gives to characters. */
const characterNames = new Set(
  (
    'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro ' +
    'para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil ' +
    'Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave ' +
    'Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml ' +
    'igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute ' +
    'thorn yuml fnof Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho Sigma Tau ' +
    'Upsilon Phi Chi Psi Omega alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho ' +
    'sigmaf sigma tau upsilon phi chi psi omega thetasym upsih piv bull hellip prime Prime oline frasl weierp image real ' +
    'trade alefsym larr uarr rarr darr harr crarr lArr uArr rArr dArr hArr forall part exist empty nabla isin notin ni ' +
    'prod sum minus lowast radic prop infin ang and or cap cup int there4 sim cong asymp ne equiv le ge sub sup nsub ' +
    'sube supe oplus otimes perp sdot lceil rceil lfloor rfloor lang rang loz spades clubs hearts diams quot amp lt gt ' +
    'OElig oelig Scaron scaron Yuml circ tilde ensp emsp thinsp zwnj zwj lrm rlm ndash mdash lsquo rsquo sbquo ldquo ' +
    'rdquo bdquo dagger Dagger permil lsaquo rsaquo euro apos'
  ).split(' '),
);

/**
 * Text that must not be mistaken for HTML. References are trusted where an ampersand is written as a hexadecimal
 * one, as the profile of RSS recommends: then the writer knew that the text is text.
 */
export const noHtml =
  (rule: 'ContainsHTML' | 'ContainsUndeclaredHTML'): Check =>
  (value, at, written) => {
    const tag = [...value.matchAll(/<\/(\w+)>/gu)].find(([, name = '']) => htmlTags.has(name.toLowerCase()));
    if (tag) return [complaint(rule, at, tag[0])];
    if (written.includes('&#x')) return [];
    const reference = [...value.matchAll(/&(#?[\p{L}\p{N}_]+)/gu)].find(
      ([, name = '']) => characterNames.has(name) || !/^\p{L}+$/u.test(name),
    );
    return reference ? [complaint(rule, at, reference[0])] : [];
  };

/** In RSS, where nobody says what a text is, the start of a tag is enough. */
export const noMarkup: Check = (value, at, written) => {
  const found = noHtml('ContainsHTML')(value, at, written);
  if (found.length > 0 || written.includes('&#x')) return found;
  const [start] = /&#[x0-9]|<[/a-zA-Z]/.exec(value) ?? [];
  return start === undefined ? [] : [complaint('CharacterData', at, start)];
};

const domain = String.raw`(?:[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.|(?:[A-Z0-9-]+\.)+)[A-Z0-9][-A-Z0-9]*`;
const mailbox = String.raw`[A-Z0-9_\-+.']+@${domain}`;

/** A name is no place for an address. */
export const noMailbox: Check = (value, at) => {
  const [address] = new RegExp(`<${mailbox}>`, 'i').exec(value) ?? [];
  return address === undefined ? [] : [complaint('ContainsEmail', at, address)];
};

/** RFC 2822, 3.4.1, as the validator knows it. */
export const emailAddress: Check = (value, at) => {
  if (new RegExp(`^${mailbox}$`, 'i').test(value)) return [];
  // It would ask the DNS for such a host.
  const rule = /^[\w.%+-]+@[A-Za-z][\w.-]+$/.test(value) ? 'UnknownHost' : 'InvalidAddrSpec';
  return [complaint(rule, at, value)];
};

/** An http address with a domain, which is what RSS allows an enclosure. */
export const httpUrl: Check = (value, at) => {
  const hasDomain = new RegExp(`^https?://${domain}(?::\\d+)?(?:/|$)`, 'i').test(value);
  const isUri = /^[a-z][0-9a-z+.-]*:(?:\/\/)?[0-9a-z;/?:@&=+$._!~*'()%,#-]+$/i.test(value);
  return hasDomain && isUri ? [] : [complaint('InvalidURLAttribute', at, value)];
};

export const mediaType: Check = (value, at) =>
  /^[^\s()<>,;:\\"/[\]?=]+\/[^\s()<>,;:\\"/[\]?=]+(?:\s*;\s*[^\s()<>,;:\\"/[\]?=]+=(?:"(?:\\"|[^"])*"|[^\s()<>,;:\\"/[\]?=]+))*$/.test(
    value,
  )
    ? []
    : [complaint('InvalidMIMEType', at, value)];

export const wholeNumber: Check = (value, at) =>
  /^\d+$/.test(value) ? [] : [complaint('InvalidNonNegativeInteger', at, value)];

/** ISO 639-1; of three letters the validator knows those of ISO 639-2, and this check all. */
const languages = new Set(
  (
    'aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo ' +
    'es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ' +
    'ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng nl ' +
    'nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv ' +
    'sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo x xh xx yi yo za zh zu'
  ).split(' '),
);

export const language: Check = (value, at) => {
  const [first = ''] = value.toLowerCase().split('-');
  return languages.has(first) || /^[a-z]{3}$/.test(first) ? [] : [complaint('InvalidLanguage', at, value)];
};

/** Characters that a writer of windows-1252 or a reader of the wrong charset leaves behind. */
export const soundCharacters: Check = (value, at) => {
  const [bad] = /[\x80-\x9f\ufffd]|[\xc2\xc3][\x80-\xbf]/.exec(value) ?? [];
  return bad === undefined ? [] : [complaint('BadCharacters', at, JSON.stringify(bad))];
};
