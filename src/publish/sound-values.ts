import { isAbsoluteIri, isWebUrl } from '../text/url.ts';

/** What a text has to be to stand in a certain place of a feed. */

/** An address beside a name, which has a field of its own. */
export const mailbox = /<[^<>\s]+@[^<>\s]+>/g;

/** A mailbox of a domain (RFC 5322, 3.4.1), without what may be quoted. */
export const isAddress = (text: string): boolean =>
  /^[a-z0-9_+.'-]+@(?:[a-z0-9-]+\.)+[a-z0-9][a-z0-9-]*$/i.test(text);

/** Where a person is found. */
export const isPersonal = (text: string): boolean =>
  isWebUrl(text) || (/^mailto:/i.test(text) && isAbsoluteIri(text));

/** Something that can be downloaded: a URN and a tag are only names. */
export const isFetchable = (text: string): boolean => {
  if (/^(?:urn|tag):/i.test(text)) return false;
  return /^(?:https?|ftp):/i.test(text)
    ? /^\w+:\/\/[^/]/.test(text) && isAbsoluteIri(text)
    : isAbsoluteIri(text);
};

/** RFC 6838, 4.2, and parameters (RFC 9110, 5.6.6). */
export const isMediaType = (text: string): boolean =>
  /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;\s*[\w!#$%&'*+.^`|~-]+=(?:[\w!#$%&'*+.^`|~-]+|"(?:[^"\\\p{Cc}])*"))*$/u.test(
    text,
  );

/** Made when it is asked for the first time: that reads a megabyte of names. */
let languageNames: Intl.DisplayNames | undefined;
/** Asking for a name takes as long as rendering a short element, and there are few languages. */
const known = new Map<string, boolean>();

/** A tag of a language that there is (BCP 47): what follows its first part does no harm. */
export const isLanguage = (text: string): boolean => {
  const [, language] = /^([A-Za-z]{2,3})(?:-[A-Za-z0-9]{1,8})*$/.exec(text) ?? [];
  if (language === undefined) return false;
  languageNames ??= new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  const isKnown = known.get(language) ?? languageNames.of(language) !== undefined;
  known.set(language, isKnown);
  return isKnown;
};
