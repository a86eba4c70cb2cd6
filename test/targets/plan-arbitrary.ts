import fc from 'fast-check';
import type { Endpoint } from '../../src/model/endpoint.js';
import type { AddressRange, PortRange, Target } from '../../src/model/target.js';
import { UsageError } from '../../src/model/usage-error.js';
import { type PlanSpec, planFrom } from '../../src/targets/plan.js';

/** Two protocols whose default ports lie among few others. */
export const PROTOCOLS = [
  { name: 'smtp', defaultPorts: [2] },
  { name: 'ldap', defaultPorts: [4, 5] },
];

const names = fc.constantFrom('a.test', 'b.test', 'x.a.test');
const port = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.nat(2), fc.constantFrom(undefined, 'tls', 'smtp'))
  .map(
    ([first, more, protocol]): PortRange => ({ first, last: first + more, ...(protocol && { protocol }) }),
  );
const range = fc.tuple(fc.constantFrom(4 as const, 6 as const), fc.bigInt(0n, 9n), fc.bigInt(0n, 5n)).map(
  ([family, first, more]): AddressRange => ({
    family,
    first: 0x7f00n + first,
    last: 0x7f00n + first + more,
  }),
);

function target(hostName: fc.Arbitrary<string>): fc.Arbitrary<Target> {
  return fc
    .record({
      hosts: fc.oneof(
        range,
        hostName.map((name) => ({ name })),
      ),
      ports: fc.option(fc.array(port, { minLength: 1, maxLength: 2 })),
      serverName: fc.option(names),
    })
    .map(({ ports, serverName, ...rest }) => ({
      ...rest,
      ...(ports && { ports }),
      ...(serverName && { serverName }),
      text: 'text',
      origin: { place: 'place' },
    }));
}

/** Specs so small and dense that their targets and excludes meet. */
export const planSpecArbitrary: fc.Arbitrary<PlanSpec> = fc.record({
  targets: fc.array(target(names), { minLength: 1, maxLength: 6 }),
  excludes: fc.array(target(fc.oneof(names, fc.constant('*.a.test'), fc.constant('*.test'))), {
    maxLength: 3,
  }),
  ports: fc.array(port, { minLength: 1, maxLength: 3 }),
  serverNames: fc.uniqueArray(names, { maxLength: 2 }),
  seed: fc.string(),
  protocols: fc.constant(PROTOCOLS),
});

/** The endpoints of a plan in its order; none where nothing is left. */
export function orderOf(planSpec: PlanSpec): Endpoint[] {
  try {
    const plan = planFrom(planSpec);
    return Array.from({ length: plan.size }, (_, index) => plan.endpointAt(index));
  } catch (error) {
    if (error instanceof UsageError && error.message.endsWith('every target is excluded')) return [];
    throw error;
  }
}
