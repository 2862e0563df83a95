import { withinBlocks } from './blocks.ts';
import { globalIPv6Block, nat64Prefix, specialIPv4Blocks, specialIPv6Blocks } from './special-blocks.ts';

/** Whether a source may be read from an address. */
export type Guard = (address: string) => boolean;

const isCandidate = withinBlocks([
  '0.0.0.0/0',
  globalIPv6Block,
  `${nat64Prefix.network}/${nat64Prefix.bits}`,
]);

const isSpecial = withinBlocks([
  ...specialIPv4Blocks,
  ...specialIPv6Blocks,
  ...specialIPv4Blocks.map(behindNat64),
]);

/**
 * Whether an address, written as sockets and resolvers write it, is one of the public Internet's hosts. False
 * for every special-purpose block, for what only carries such an address (IPv4-mapped, NAT64; all of 6to4
 * and Teredo), for addresses with a zone, and for what is not an address.
 */
export function isGlobalUnicast(address: string): boolean {
  return isCandidate(address) && !isSpecial(address);
}

/** The guard that lets through what is global unicast, and the given blocks besides. */
export function createGuard(allow: readonly string[]): Guard {
  const isAllowed = withinBlocks(allow);
  return (address) => isGlobalUnicast(address) || isAllowed(address);
}

function behindNat64(block: string): string {
  const [network = '', bits = ''] = block.split('/');
  return `${nat64Prefix.network}${network}/${nat64Prefix.bits + Number(bits)}`;
}
