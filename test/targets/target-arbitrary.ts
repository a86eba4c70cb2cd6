import fc from 'fast-check';
import type { AddressRange, PortRange, Target } from '../../src/model/target.js';

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,3}$/);

/** Host names. */
export const hostNameArbitrary = fc
  .array(label, { minLength: 1, maxLength: 3 })
  .map((labels) => labels.join('.'));

/** Ranges of addresses of both families, none of them IPv4-mapped. */
export const addressRangeArbitrary: fc.Arbitrary<AddressRange> = fc.oneof(
  rangeOf(4, fc.bigInt(0n, 0xffff_ffffn)),
  rangeOf(6, fc.bigInt(0x2000n << 112n, (0x4000n << 112n) - 1n)),
);

/** Port ranges, with and without a protocol. */
export const portRangeArbitrary: fc.Arbitrary<PortRange> = fc
  .record({
    ports: fc.tuple(fc.integer({ min: 1, max: 65_535 }), fc.integer({ min: 1, max: 65_535 })),
    protocol: fc.constantFrom(null, 'tls', 'smtp'),
  })
  .map(({ ports, protocol }) => ({
    first: Math.min(...ports),
    last: Math.max(...ports),
    ...(protocol !== null && { protocol }),
  }));

/** Targets without text and origin. */
export const targetArbitrary: fc.Arbitrary<Pick<Target, 'hosts' | 'ports' | 'serverName'>> = fc
  .record({
    hosts: fc.oneof(
      addressRangeArbitrary,
      hostNameArbitrary.map((name) => ({ name })),
    ),
    port: fc.option(portRangeArbitrary),
    serverName: fc.option(hostNameArbitrary),
  })
  .map(({ hosts, port, serverName }) => ({
    hosts,
    ...(port && { ports: [port] }),
    ...(serverName !== null && { serverName }),
  }));

function rangeOf(family: 4 | 6, address: fc.Arbitrary<bigint>): fc.Arbitrary<AddressRange> {
  const anyTwo = fc
    .tuple(address, address)
    .map(([a, b]) => (a <= b ? { family, first: a, last: b } : { family, first: b, last: a }));
  const one = address.map((value) => ({ family, first: value, last: value }));
  return fc.oneof(anyTwo, one);
}
