import { named, type XmlElement } from '../../parse/xml/element.ts';

/**
 * The first result that a chain of elements gives, by the chain's order and then the document's.
 * @param read what a field makes of one element; undefined sends on to the next
 */
export function firstOf<T>(
  parent: XmlElement,
  chain: readonly string[],
  read: (element: XmlElement) => T | undefined,
): T | undefined {
  for (const name of chain) {
    const value = firstValue(named(parent, name), read);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The first result that one of the elements gives. */
export function firstValue<T>(
  elements: readonly XmlElement[],
  read: (element: XmlElement) => T | undefined,
): T | undefined {
  for (const element of elements) {
    const value = read(element);
    if (value !== undefined) return value;
  }
  return undefined;
}
