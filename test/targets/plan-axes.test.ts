import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Endpoint, formatEndpoint } from '../../src/model/endpoint.js';
import type { Target } from '../../src/model/target.js';
import { formatAddress } from '../../src/targets/address.js';
import { type PlanSpec, planFrom } from '../../src/targets/plan.js';
import { orderOf, PROTOCOLS, planSpecArbitrary } from './plan-arbitrary.js';

describe('for any spec', () => {
  test('the plan has the endpoints that listing finds, each once', () => {
    fc.assert(
      fc.property(planSpecArbitrary, (planSpec) => {
        const endpoints = orderOf(planSpec).map((endpoint) => JSON.stringify(endpoint));
        expect(endpoints.sort()).toEqual(listEndpoints(planSpec));
      }),
      { numRuns: 1500 },
    );
  });

  test('the place of each endpoint is where the plan has it', () => {
    fc.assert(
      fc.property(planSpecArbitrary, planSpecArbitrary, (planSpec, otherSpec) => {
        const order = orderOf(planSpec);
        if (order.length === 0) return;
        const plan = planFrom(planSpec);
        expect(order.map((endpoint) => plan.indexOf(endpoint))).toEqual(order.map((_, index) => index));
        const members = new Set(order.map((endpoint) => JSON.stringify(endpoint)));
        for (const endpoint of orderOf(otherSpec)) {
          if (members.has(JSON.stringify(endpoint))) continue;
          const index = plan.indexOf(endpoint);
          // An address that a name of the plan might resolve to is the one exception.
          if (index !== null) expect(order[index]).toEqual({ ...endpoint, address: null });
        }
      }),
      { numRuns: 700 },
    );
  });

  test('addresses excluded for late look-up are those excluded from the plan', () => {
    fc.assert(
      fc.property(planSpecArbitrary, (planSpec) => {
        const excludes = (planSpec.excludes ?? []).filter(({ hosts }) => !('name' in hosts));
        const [name] = planSpec.targets;
        if (name === undefined) return;
        const plan = planFrom({
          ...planSpec,
          excludes,
          targets: [{ ...name, hosts: { name: 'other.test' } }],
        });
        for (const endpoint of orderOf({ ...planSpec, excludes: [] })) {
          if (endpoint.address === null) continue;
          const { address, port: number, protocol, serverName } = endpoint;
          const isExcluded = excludes.some((exclude) => excludesEndpoint(exclude, endpoint));
          expect(plan.isExcluded(address, number, protocol, serverName)).toBe(isExcluded);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('the order depends on the endpoints and the seed, not on how the targets are written', () => {
    fc.assert(
      fc.property(planSpecArbitrary, (planSpec) => {
        const order = orderOf(planSpec).map(formatEndpoint);
        expect(orderOf(planSpec).map(formatEndpoint)).toEqual(order);
        const reversed = { ...planSpec, targets: [...planSpec.targets, ...planSpec.targets].reverse() };
        expect(orderOf(reversed).map(formatEndpoint)).toEqual(order);
      }),
      { numRuns: 500 },
    );
  });
});

/** Every endpoint of a spec, found by listing them one by one. */
function listEndpoints({ targets, excludes = [], ports, serverNames = [] }: PlanSpec): string[] {
  const found = new Set<string>();
  for (const { hosts, ports: own, serverName } of targets) {
    const places =
      'name' in hosts
        ? [hosts.name]
        : Array.from({ length: Number(hosts.last - hosts.first) + 1 }, (_, index) =>
            formatAddress({ family: hosts.family, value: hosts.first + BigInt(index) }),
          );
    const asked = serverName !== undefined ? [serverName] : serverNames.length > 0 ? serverNames : [null];
    for (const place of places) {
      for (const name of asked) {
        for (const { first, last, protocol } of own ?? ports) {
          for (let number = first; number <= last; number += 1) {
            const isName = 'name' in hosts;
            const endpoint: Endpoint = {
              host: isName ? place : (name ?? place),
              address: isName ? null : place,
              port: number,
              protocol:
                protocol ?? PROTOCOLS.find((each) => each.defaultPorts.includes(number))?.name ?? 'tls',
              serverName: isName ? (name ?? place) : name,
            };
            if (!excludes.some((exclude) => excludesEndpoint(exclude, endpoint)))
              found.add(JSON.stringify(endpoint));
          }
        }
      }
    }
  }
  return [...found].sort();
}

function excludesEndpoint({ hosts, ports, serverName }: Target, endpoint: Endpoint): boolean {
  const matches = (name: string, pattern: string) =>
    pattern.startsWith('*') ? name.endsWith(pattern.slice(1)) : name === pattern;
  const isPort =
    ports?.some(
      ({ first, last, protocol }) =>
        endpoint.port >= first &&
        endpoint.port <= last &&
        (protocol ?? endpoint.protocol) === endpoint.protocol,
    ) ?? true;
  if (!isPort) return false;
  if ('name' in hosts) {
    const isHost = endpoint.address === null && matches(endpoint.host, hosts.name);
    if (serverName !== undefined) return isHost && endpoint.serverName === serverName;
    return isHost || (endpoint.serverName !== null && matches(endpoint.serverName, hosts.name));
  }
  if (endpoint.address === null || (serverName !== undefined && serverName !== endpoint.serverName))
    return false;
  for (let value = hosts.first; value <= hosts.last; value += 1n) {
    if (formatAddress({ family: hosts.family, value }) === endpoint.address) return true;
  }
  return false;
}
