/** Whether a text is an absolute IRI as Atom asks for in ids and schemes (RFC 4287, 4.2.6), of 2,048 characters at most. */
export function isAbsoluteIri(text: string): boolean {
  if (!/^[a-z][a-z0-9+.-]+:[^\s<>"{}|\\^`\p{Cc}\uFFFD]+$/iu.test(text) || text.length > 2048) return false;
  return !/^https?:/i.test(text) || URL.canParse(text);
}

/** Whether people can open it: an absolute http or https URL with a valid host. */
export function isWebUrl(text: string): boolean {
  return /^https?:\/\/[^/\\?#]/i.test(text) && isAbsoluteIri(text);
}

const urn = /^urn:(?!uuid:)[a-z0-9][a-z0-9-]{0,30}[a-z0-9]:(?:[a-z0-9()+,.:=@;$_!*'-]|%[0-9a-f]{2})+$/i;
const uuid = /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const tag = /^tag:(?:[a-z0-9._-]+@)?[a-z0-9.-]+,\d{4}(?:-\d\d(?:-\d\d)?)?:[\w;/?:@&=+$.!~*'()%,-]*$/;

/** Whether it names something by the rules of its scheme: a web address, a URN (RFC 8141) or a tag (RFC 4151). */
export function isName(text: string): boolean {
  return isWebUrl(text) || urn.test(text) || uuid.test(text) || tag.test(text);
}
