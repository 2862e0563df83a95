import type { XmlElement } from '../../parse/xml/element.ts';
import { resolveUrl } from '../../text/url.ts';
import type { NormalizeContext } from '../context.ts';

/** What relative URLs in an element are resolved against: the nearest xml:base, itself resolved, else the document. */
export function baseOf(element: XmlElement, context: NormalizeContext): string | undefined {
  const outer = element.parent === undefined ? context.baseUrl : baseOf(element.parent, context);
  const own = element.attributes.get('xml:base');
  return own === undefined ? outer : (resolveUrl(own, outer) ?? outer);
}

/** The nearest xml:lang of an element, not looking above `top`; undefined where it is given as empty. */
export function xmlLang(element: XmlElement, top?: XmlElement): string | undefined {
  for (let at: XmlElement | undefined = element; at !== undefined; at = at.parent) {
    const lang = at.attributes.get('xml:lang') ?? at.attributes.get('lang');
    if (lang !== undefined) return lang.trim() === '' ? undefined : lang;
    if (at === top) return undefined;
  }
  return undefined;
}

/** A URL that an element gives, absolute; undefined for none, and for a relative one without a base. */
export function urlIn(
  element: XmlElement,
  reference: string | undefined,
  context: NormalizeContext,
): string | undefined {
  if (reference === undefined) return undefined;
  const trimmed = reference.trim();
  return trimmed === '' ? undefined : resolveUrl(trimmed, baseOf(element, context));
}
