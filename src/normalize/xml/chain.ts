import type { XmlElement } from '../../parse/xml/element.ts';

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
    for (const node of parent.children) {
      if (typeof node === 'string' || node.name !== name) continue;
      const value = read(node);
      if (value !== undefined) return value;
    }
  }
  return undefined;
}
