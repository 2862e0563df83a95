import type { XmlElement } from '../../parse/xml/element.ts';
import { resolveUrl } from '../../text/url.ts';
import { innerBase } from '../base.ts';
import type { NormalizeContext } from '../context.ts';

/**
 * What relative URLs in an element are resolved against: the nearest xml:base, itself resolved, else the
 * document's. `base` without its prefix is CDF's spelling, and some authors'.
 */
export function baseOf(element: XmlElement, context: NormalizeContext): string | undefined {
  const outer = element.parent === undefined ? context.baseUrl : baseOf(element.parent, context);
  if (element.attributes.size === 0) return outer;
  const own = element.attributes.get('xml:base') ?? element.attributes.get('base');
  return own === undefined ? outer : innerBase(own, outer);
}

/** The nearest xml:lang of an element; undefined where it is given as empty. */
export function xmlLang(element: XmlElement): string | undefined {
  for (let at: XmlElement | undefined = element; at !== undefined; at = at.parent) {
    if (at.attributes.size === 0) continue;
    const lang = at.attributes.get('xml:lang') ?? at.attributes.get('lang');
    if (lang !== undefined) return lang.trim() === '' ? undefined : lang;
  }
  return undefined;
}

/** A URL that an element gives, absolute; undefined for none, and for a relative one without a base. */
export function urlIn(
  element: XmlElement,
  reference: string | undefined,
  context: NormalizeContext,
): string | undefined {
  if (reference === undefined || reference === '') return undefined;
  return resolveUrl(reference, baseOf(element, context));
}
