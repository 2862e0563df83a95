import { complaint, type Check, type Complaint } from './complaint.ts';

/** Schemes that the validator knows to be registered, of those that have letters alone. */
const registered = new Set(
  (
    'ftp http gopher mailto news nntp telnet wais file prospero cid mid vemmi service imap nfs acap rtsp tip pop data dav ' +
    'opaquelocktoken sip sips tel fax modem ldap https urn go h323 ipp tftp mupdate pres im mtqp dict snmp crid tag dns ' +
    'info aaa aaas cap iax icap iris msrp msrps shttp thismessage tv xmpp'
  ).split(' '),
);

const noUriCharacter = /[^0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#\x80-\uffff]/;
const reference =
  /^(?:[a-zA-Z][0-9a-zA-Z+\-.]*:)?\/{0,2}(?:\[[0-9A-Fa-f:]+\])?[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#]*$/;
const absolute = /^[a-zA-Z][0-9a-zA-Z+\-.]*:(?:\/\/)?[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#]+$/;
const urn = /^urn:[a-z0-9][a-z0-9-]{1,31}:(?:[a-z0-9()+,.:=@;$_!*'-]|%[0-9a-f]{2})+$/i;
const uuid = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const tag =
  /^tag:(?:[a-z0-9\-._]+@)?[a-z0-9.-]+,\d{4}(?:-\d{2}(?:-\d{2})?)?:[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,]*(?:#[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,]*)?$/;

function uriComplaints(value: string, at: string, shape: RegExp, rule: string): readonly Complaint[] {
  const scheme = (value.split(':')[0] ?? '').toLowerCase();
  const unless = (isRight: boolean, name: string) => (isRight ? [] : [complaint(name, at, value)]);
  if (scheme === 'tag') return unless(tag.test(value), 'InvalidTAG');
  if (scheme === 'urn' && /^urn:uuid:/i.test(value)) return unless(uuid.test(value), 'InvalidUUID');
  if (scheme === 'urn') return unless(urn.test(value), 'InvalidURN');
  if (!shape.test(value)) {
    return [complaint(noUriCharacter.test(value) ? 'InvalidUriChar' : rule, at, value)];
  }
  if (scheme === 'http' || scheme === 'ftp') return unless(/^\w+:\/\/[^/]/.test(value), rule);
  const isUnknown = value.includes(':') && /^[a-z]+$/.test(scheme) && !registered.has(scheme);
  return unless(!isUnknown, 'SchemeNotIANARegistered');
}

/** A URI or a reference to one (RFC 2396). */
export const uriReference: Check = (value, at) => uriComplaints(value, at, reference, 'InvalidLink');

/** An absolute URI. */
export const absoluteUri: Check = (value, at) => uriComplaints(value, at, absolute, 'InvalidFullLink');

/**
 * An IRI (RFC 3987). The validator takes the whole of it for a domain name, and what stands between two points
 * for a label, of 63 characters at most; it does not know longer ones.
 */
export const iriReference: Check = (value, at) => {
  const isAscii = /^[\0-\x7f]*$/.test(value);
  const labels = value.split('.');
  const isDomain = labels.every(
    (label, index) => label.length < 60 && (label !== '' || index === labels.length - 1),
  );
  const ascii = isAscii || !isDomain ? value : value.replace(/[^\0-\x7f]/gu, 'x');
  return uriComplaints(ascii, at, reference, 'InvalidIRI');
};

/** An id: absolute, and spelled as its normal form is (RFC 3986, 6.2). */
export const canonicalUri: Check = (value, at) => {
  const found = absoluteUri(value, at, '');
  if (found.length > 0) return found;
  return canonical(value) === value ? [] : [complaint('NonCanonicalURI', at, value)];
};

const defaultPorts: Readonly<Record<string, string>> = { ftp: '21', http: '80', https: '443' };

function canonical(uri: string): string | undefined {
  const [, scheme = '', authority, path = '', query = '', fragment = ''] =
    /^([^:/?#]+):(?:\/\/([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?$/.exec(uri) ?? [];
  if (/%(?![0-9a-f]{2})/i.test(uri)) return undefined;
  const name = scheme.toLowerCase();
  const host = authority === undefined ? '' : `//${canonicalAuthority(authority, name)}`;
  const isHierarchical = authority !== undefined || path.startsWith('/');
  const segments = isHierarchical ? withoutDots(path) : path;
  return `${name}:${host}${escapes(segments)}${escapes(query)}${escapes(fragment)}`;
}

function canonicalAuthority(authority: string, scheme: string): string {
  const at = authority.lastIndexOf('@') + 1;
  const [, host = '', port = ''] = /^(.*?)(?::(\d*))?$/.exec(authority.slice(at).toLowerCase()) ?? [];
  const credentials = authority.slice(0, at) === ':@' ? '' : authority.slice(0, at);
  return `${credentials}${host}${port === '' || port === defaultPorts[scheme] ? '' : `:${port}`}`;
}

function withoutDots(path: string): string {
  const kept: string[] = [];
  const segments = path === '' ? ['', ''] : path.split('/');
  segments.forEach((segment, index) => {
    const isLast = index === segments.length - 1;
    if (segment === '..' && kept.length > 1) kept.pop();
    if (segment !== '.' && segment !== '..') kept.push(segment);
    else if (isLast) kept.push('');
  });
  return kept.join('/');
}

/** Escapes in upper case, and none of what needs none. */
function escapes(text: string): string {
  return text.replace(/%[0-9a-f]{2}/gi, (escape) => {
    const char = String.fromCharCode(parseInt(escape.slice(1), 16));
    return /[a-z0-9._~-]/i.test(char) ? char : escape.toUpperCase();
  });
}
