import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createGuard, isGlobalUnicast } from '../../../src/fetch/guard/guard.ts';
import { boundsOf, toIPv4, toIPv6 } from './numbers.ts';
import { publicAddresses, registeredIPv4, registeredIPv6 } from './special-purpose.ts';

/** Every way in which an IPv4 address can stand in an IPv6 address. */
const carriers = [
  ['IPv4-mapped', (ipv4: bigint) => toIPv6((0xffffn << 32n) | ipv4)],
  ['NAT64', (ipv4: bigint) => toIPv6((0x64_ff9bn << 96n) | ipv4)],
  ['IPv4-compatible', toIPv6],
  ['6to4', (ipv4: bigint) => toIPv6((0x2002n << 112n) | (ipv4 << 80n) | 1n)],
  ['Teredo', (ipv4: bigint) => toIPv6((0x2001_0000n << 96n) | (ipv4 ^ 0xffff_ffffn))],
  ['local NAT64', (ipv4: bigint) => toIPv6((0x64_ff9b_0001n << 80n) | ipv4)],
] as const;

describe('of the IANA registries', () => {
  test.each(registeredIPv4)('%s (%s) is not global unicast, in any clothes', (block) => {
    const { first, last } = boundsOf(block);
    fc.assert(
      fc.property(fc.oneof(fc.constant(first), fc.constant(last), fc.bigInt(first, last)), (number) => {
        expect(isGlobalUnicast(toIPv4(number))).toBe(false);
        for (const [, carry] of carriers) expect(isGlobalUnicast(carry(number))).toBe(false);
      }),
    );
  });

  test.each(registeredIPv6)('%s (%s) is not global unicast', (block) => {
    const { first, last } = boundsOf(block);
    // The two blocks in which an IPv4 address is judged by what it is.
    const isJudged = (number: bigint) =>
      number >> 32n === 0xffffn || number >> 32n === 0x64_ff9b_0000_0000_0000_0000n;
    const inBlock = fc.bigInt(first, last).filter((number) => !isJudged(number));
    fc.assert(
      fc.property(fc.oneof(fc.constant(first), fc.constant(last), inBlock), (number) => {
        expect(isGlobalUnicast(toIPv6(number))).toBe(false);
      }),
    );
  });
});

test('hosts of the public Internet are global unicast', () => {
  for (const address of publicAddresses) expect([address, isGlobalUnicast(address)]).toEqual([address, true]);
});

test('outside of the registries every IPv4 address is global unicast', () => {
  const blocks = [...registeredIPv4.map(([block]) => block), '168.63.129.16/32'].map(boundsOf);
  const outside = fc
    .bigInt(0n, 0xffff_ffffn)
    .filter((number) => !blocks.some(({ first, last }) => number >= first && number <= last));
  fc.assert(fc.property(outside, (number) => isGlobalUnicast(toIPv4(number))));
});

test('outside of the registries every address of 2000::/3 is global unicast', () => {
  const blocks = registeredIPv6.map(([block]) => boundsOf(block));
  const { first, last } = boundsOf('2000::/3');
  const outside = fc
    .bigInt(first, last)
    .filter((number) => !blocks.some((block) => number >= block.first && number <= block.last));
  fc.assert(fc.property(outside, (number) => isGlobalUnicast(toIPv6(number))));
});

test('an IPv4 address of the Internet may come IPv4-mapped and through NAT64, but in no tunnel', () => {
  const verdicts = carriers.map(([name, carry]) => [name, isGlobalUnicast(carry(0x0808_0808n))]);
  expect(Object.fromEntries(verdicts)).toEqual({
    'IPv4-mapped': true,
    NAT64: true,
    'IPv4-compatible': false,
    '6to4': false,
    Teredo: false,
    'local NAT64': false,
  });
});

test.each([
  '169.254.169.254', // most clouds
  '169.254.170.2', // containers at Amazon
  'fd00:ec2::254', // Amazon by IPv6
  'fd20:ce::254', // Google by IPv6
  '100.100.100.200', // Alibaba Cloud
  '168.63.129.16', // Azure
  '192.0.0.192', // Oracle
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '64:ff9b::169.254.169.254',
  '64:ff9b::a9fe:a9fe',
])('the metadata service at %s is not on the Internet', (address) => {
  expect(isGlobalUnicast(address)).toBe(false);
});

test.each([
  '',
  'localhost',
  'example.org',
  '0x7f000001',
  '2130706433',
  '127.1',
  '8.8.8',
  '8.8.8.8.8',
  '08.8.8.8',
  '8.8.8.8/32',
  ' 8.8.8.8',
  '[2606:4700::1111]',
  '2606:4700::1111%eth0',
  'fe80::1%1',
  '2606:4700:::1111',
  '2606:4700',
  '__proto__',
])('%j is not an address that a socket could have', (text) => {
  expect(isGlobalUnicast(text)).toBe(false);
});

describe('fetch.allow', () => {
  test.each([
    ['127.0.0.1/32', '127.0.0.1', '127.0.0.2'],
    ['127.0.0.1', '127.0.0.1', '127.0.0.2'],
    ['10.0.0.0/8', '10.255.255.255', '192.168.0.1'],
    ['192.168.4.0/22', '192.168.7.255', '192.168.8.0'],
    ['127.0.0.1/32', '::ffff:127.0.0.1', '::1'],
    ['::1/128', '::1', '127.0.0.1'],
    ['::1', '0:0:0:0:0:0:0:1', '::2'],
    ['fd00::/8', 'fd12:3456::1', 'fc00::1'],
    ['0.0.0.0/0', '10.0.0.1', 'fd00::1'],
    ['::/0', 'fd00::1', 'no address'],
  ])('%s lets %s through and not %s', (block, inside, outside) => {
    const isAdmitted = createGuard([block]);
    expect(isAdmitted(inside)).toBe(true);
    expect(isAdmitted(outside)).toBe(false);
    expect(isAdmitted('1.1.1.1')).toBe(true);
  });

  test('lets through what any of its blocks holds', () => {
    const isAdmitted = createGuard(['10.1.0.0/16', 'fd00::/8', '127.0.0.2/32']);
    const addresses = ['10.1.2.3', 'fd00::1', '127.0.0.2', '10.2.0.1', '127.0.0.1'];
    expect(addresses.map(isAdmitted)).toEqual([true, true, true, false, false]);
  });

  test('of a translator names the translated addresses, not those behind it', () => {
    expect(createGuard(['10.0.0.0/8'])('64:ff9b::10.0.0.1')).toBe(false);
    expect(createGuard(['64:ff9b::/96'])('64:ff9b::10.0.0.1')).toBe(true);
  });
});
