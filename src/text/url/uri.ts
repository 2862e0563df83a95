/** What RFC 3986 lets stand anywhere in a URI; brackets only delimit an IPv6 address. */
const uriCharacters = /^[!#$%&'()*+,\-./0-9:;=?@A-Z_a-z~]+$/;
const elsewhere = /[^!#$%&'()*+,\-./0-9:;=?@A-Z_a-z~]/gu;

/**
 * An absolute IRI as the URI it stands for (RFC 3987, 3.1): the host in its ASCII form, everything else that no URI
 * may hold percent-encoded. Readers of RSS know URIs alone, and not every reader of Atom knows more.
 */
export function uriOf(iri: string): string {
  if (uriCharacters.test(iri)) return iri;
  const [, scheme, authority = '', rest = ''] = /^(https?:\/\/)([^/?#]*)(.*)$/is.exec(iri) ?? [];
  if (scheme === undefined) return encoded(iri);
  const userEnd = authority.lastIndexOf('@') + 1;
  const host = authority.slice(userEnd);
  const isPlain = uriCharacters.test(host) || /^\[[0-9a-f:.]+\](?::\d*)?$/i.test(host);
  const asciiHost = isPlain ? host : (URL.parse(iri)?.host ?? encoded(host));
  return `${scheme}${encoded(authority.slice(0, userEnd))}${asciiHost}${encoded(rest)}`;
}

const encoded = (text: string): string => text.toWellFormed().replace(elsewhere, encodeURIComponent);
