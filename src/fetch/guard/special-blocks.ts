/**
 * Where no public news comes from: the blocks of the IANA special-purpose address registries and what is
 * beside them no unicast. The few blocks that the registries call globally reachable are anycast services of
 * the network itself (some of them of the nearest router) and stay out with the rest.
 */
export const specialIPv4Blocks = [
  '0.0.0.0/8', // this network, RFC 791
  '10.0.0.0/8', // private, RFC 1918
  '100.64.0.0/10', // shared by carrier-grade NAT, RFC 6598
  '127.0.0.0/8', // loopback, RFC 1122
  '168.63.129.16/32', // the virtual host of every machine in Azure
  '169.254.0.0/16', // link-local, RFC 3927: metadata services of clouds
  '172.16.0.0/12', // private, RFC 1918
  '192.0.0.0/24', // protocol assignments, RFC 6890
  '192.0.2.0/24', // documentation, RFC 5737
  '192.31.196.0/24', // AS112, RFC 7535
  '192.52.193.0/24', // AMT, RFC 7450
  '192.88.99.0/24', // 6to4 relays, RFC 7526
  '192.168.0.0/16', // private, RFC 1918
  '192.175.48.0/24', // AS112, RFC 7534
  '198.18.0.0/15', // benchmarking, RFC 2544
  '198.51.100.0/24', // documentation, RFC 5737
  '203.0.113.0/24', // documentation, RFC 5737
  '224.0.0.0/4', // multicast, RFC 5771
  '240.0.0.0/4', // reserved, RFC 1112, and broadcast, RFC 919
] as const;

/** All of IPv6 that was ever given out as global unicast, RFC 4291, section 2.4. */
export const globalIPv6Block = '2000::/3';

export const specialIPv6Blocks = [
  '2001::/23', // protocol assignments, RFC 2928: Teredo, ORCHID, benchmarking, AMT and others
  '2001:db8::/32', // documentation, RFC 3849
  '2002::/16', // 6to4, RFC 3056: the IPv4 address within may be any
  '2620:4f:8000::/48', // AS112, RFC 7534
  '3fff::/20', // documentation, RFC 9637
] as const;

/** An IPv4 address behind a translator, in the last 32 bits, RFC 6052. */
export const nat64Prefix = { network: '64:ff9b::', bits: 96 } as const;
