/** An address as a number, in the plainest way there is: every group counted out. */
export function toNumber(address: string): bigint {
  if (!address.includes(':')) {
    return address.split('.').reduce((sum, octet) => sum * 256n + BigInt(octet), 0n);
  }
  const [before = '', after = ''] = address.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [head, tail] = [groups(before), groups(after)];
  const middle = Array<string>(address.includes('::') ? 8 - head.length - tail.length : 0).fill('0');
  return [...head, ...middle, ...tail].reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}

export function toIPv4(number: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => ((number >> shift) & 255n).toString()).join('.');
}

/** All eight groups, none left out. */
export function toIPv6(number: bigint): string {
  return [112n, 96n, 80n, 64n, 48n, 32n, 16n, 0n]
    .map((shift) => ((number >> shift) & 65_535n).toString(16))
    .join(':');
}

/** First and last address of a block, as numbers. */
export function boundsOf(block: string): { readonly first: bigint; readonly last: bigint } {
  const [network = '', bits = ''] = block.split('/');
  const first = toNumber(network);
  const width = network.includes(':') ? 128n : 32n;
  return { first, last: first + (1n << (width - BigInt(bits))) - 1n };
}
