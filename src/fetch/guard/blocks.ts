import { BlockList, isIP } from 'node:net';

/**
 * Tells whether an address lies in one of the blocks, given as `10.0.0.0/8`, `fc00::/7` or one address.
 * An IPv4-mapped IPv6 address (`::ffff:10.0.0.1`) is the IPv4 address that it carries. What is not an
 * address, or names a zone, lies in none.
 * @throws where a block is none: the configuration is checked before it comes here.
 */
export function withinBlocks(blocks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const block of blocks) {
    const [network = '', bits] = block.split('/');
    const family = familyOf(network);
    const width = family === 'ipv4' ? 32 : 128;
    list.addSubnet(network, bits === undefined ? width : Number(bits), family);
  }
  return (address) => isIP(address) !== 0 && !address.includes('%') && list.check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6';
}
