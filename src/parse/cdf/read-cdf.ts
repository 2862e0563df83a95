import { childrenOf, type XmlElement } from '../xml/element.ts';

/** Channel Definition Format, what Internet Explorer 4 subscribed to: a channel of items, channels in it. */
export interface CdfWire {
  readonly channel: XmlElement;
  readonly items: readonly XmlElement[];
}

export function readCdf(root: XmlElement): CdfWire {
  return { channel: root, items: itemsOf(root) };
}

function itemsOf(channel: XmlElement): XmlElement[] {
  return childrenOf(channel, ['item', 'channel']).flatMap((element) =>
    element.name === 'channel' ? itemsOf(element) : [element],
  );
}
