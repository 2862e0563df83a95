/** Whether a text is an absolute IRI as Atom asks for in ids and schemes (RFC 4287, 4.2.6), of 2,048 characters at most. */
export function isAbsoluteIri(text: string): boolean {
  if (!/^[a-z][a-z0-9+.-]+:[^\s<>"{}|\\^`\p{Cc}\uFFFD]+$/iu.test(text) || text.length > 2048) return false;
  return !/^https?:/i.test(text) || URL.canParse(text);
}

/** Whether people can open it: an absolute http or https URL with a valid host. */
export function isWebUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && isAbsoluteIri(text);
}
