import { textOf, type XmlElement } from '../parse/xml/element.ts';
import type { NormalizeContext } from './context.ts';
import { correctScript } from './script.ts';
import { firstOf } from './xml/chain.ts';
import { xmlLang } from './xml/scope.ts';
import { tokenOf } from './xml/text-construct.ts';

/**
 * A language tag in its canonical case (RFC 5646 2.1.1): `zh_HANS-cn` is `zh-Hans-CN`. Undefined for what
 * is no tag: `English`, `N/A`.
 */
export function languageTag(text: string | undefined): string | undefined {
  const tag = (text ?? '').trim().replace(/_/g, '-');
  if (!/^[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,6}$/i.test(tag)) return undefined;
  return tag
    .toLowerCase()
    .split('-')
    .map((part, index) => {
      if (index === 0) return part;
      if (/^[a-z]{2}$/.test(part)) return part.toUpperCase();
      return /^[a-z]{4}$/.test(part) ? part.charAt(0).toUpperCase() + part.slice(1) : part;
    })
    .join('-');
}

/**
 * The language of an item: what it declares, else the nearest xml:lang of its text. Nothing where the
 * source's configuration knows better.
 */
export function itemLanguage(item: XmlElement, context: NormalizeContext): string | undefined {
  if (languageTag(context.hints.language) !== undefined) return undefined;
  const declared = firstOf(item, ['dc:language', 'language', 'dcterms:language', 'atom:language'], tokenOf);
  const tag = languageTag(declared) ?? languageTag(firstOf(item, texts, xmlLang) ?? xmlLang(item));
  return tag?.startsWith('zh') ? correctScript(tag, firstOf(item, texts, textOf) ?? '') : tag;
}

const texts = [
  'content:encoded',
  'atom:content',
  'xhtml:body',
  'body',
  'fullitem',
  'title',
  'atom:title',
  'description',
  'atom:summary',
];
