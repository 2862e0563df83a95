import { targetOf, type Target } from './target.ts';

type Fields = Readonly<Record<string, string>>;

/** One request on the way to a document. */
export interface Hop {
  readonly to: Target;
  /** Header fields that only the configured origin may see; none once the way has left it. */
  readonly own: Fields;
  /** What was asked before. */
  readonly behind: readonly string[];
  /** Whether whoever came here at once, the next time, would find the same. */
  readonly isPermanent: boolean;
}

/** What a redirect leads to: the next request, or nothing. */
export type Redirect =
  | { readonly kind: 'followed'; readonly hop: Hop }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

/** At most this many redirects are followed. */
const maxRedirects = 5;

const permanentStatuses = [301, 308];
const temporaryStatuses = [302, 303, 307];

/**
 * The request for a configured URL, or for where it has moved to. The header fields that are configured for it
 * stay with its origin, however long it has moved.
 */
export function firstHop(configured: string, own: Fields, movedTo = configured): Hop {
  const to = targetOf(new URL(movedTo));
  const isAtHome = to.origin === new URL(configured).origin;
  return { to, own: isAtHome ? own : {}, behind: [], isPermanent: true };
}

/** Reads a redirect, RFC 9110, section 15.4; undefined for every other answer. */
export function followRedirect(hop: Hop, status: number, location: string | undefined): Redirect | undefined {
  const permanent = permanentStatuses.includes(status);
  if (!permanent && !temporaryStatuses.includes(status)) return undefined;
  if (location === undefined)
    return refused('bad-redirect', `a redirect (${status}) that does not say where`);
  const url = URL.parse(utf8Of(location), hop.to.href);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    return refused('bad-redirect', 'a redirect to what is neither http nor https');
  }
  if (hop.to.protocol === 'https:' && url.protocol === 'http:') {
    return refused('insecure-redirect', 'a redirect from https to http, which is not followed');
  }
  const next = targetOf(url);
  const behind = [...hop.behind, hop.to.href];
  if (behind.includes(next.href)) return refused('redirects', 'the redirects go in a circle');
  if (behind.length > maxRedirects) return refused('redirects', `more than ${maxRedirects} redirects`);
  const isAtHome = next.origin === hop.to.origin;
  // What was dropped stays dropped, even where the way leads back.
  const own = isAtHome ? hop.own : {};
  const isSame = isAtHome || Object.keys(hop.own).length === 0;
  return {
    kind: 'followed',
    hop: { to: next, own, behind, isPermanent: hop.isPermanent && permanent && isSame },
  };
}

function refused(code: string, message: string): Redirect {
  return { kind: 'refused', code, message };
}

/** Many servers write Chinese paths as plain UTF-8, where undici gives a character for each byte. */
function utf8Of(bytes: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return bytes;
  }
}
