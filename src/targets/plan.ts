import type { Endpoint } from '../model/endpoint.js';
import type { PortRange, Target } from '../model/target.js';
import { UsageError } from '../model/usage-error.js';
import { formatAddress } from './address.js';
import type { Axis } from './axis.js';
import { type ExcludeRule, matchesExcludeRule } from './exclude-rule.js';
import { createExcludes } from './excludes.js';
import { foldHostName, readHostName } from './host-name.js';
import { createPermutation, MAX_PERMUTATION_SIZE } from './permutation.js';
import { readPlainAddress } from './plain-address.js';
import { createPlanAxes } from './plan-axes.js';
import { MAX_PORT } from './port-range.js';
import { isProblem } from './problem.js';
import type { ProtocolPorts } from './protocol-ports.js';
import { quoteWord } from './quote-word.js';
import { resolvePorts } from './resolve-ports.js';
import { approachOf, firstServiceOf } from './service-catalog.js';
import { OWN_NAME } from './service-request.js';

/*
 * Why a sweep: targets and excludes are laid over three axes (IPv4 addresses, IPv6 addresses, names), which are cut
 * wherever the set of services asked for changes. Each stretch between two cuts is a rectangle of hosts and services,
 * so its endpoints can be counted and numbered without being listed: 10.0.0.0/8 on all ports is one rectangle, a
 * million addresses are a million at some twenty bytes each, overlaps count once, and excludes are never numbered.
 */

/**
 * What a plan is made from. The same endpoints and the same seed give the same order anywhere, however the targets are
 * written and in whatever order.
 */
export interface PlanSpec {
  readonly targets: readonly Target[];
  readonly excludes?: readonly Target[];
  /** The ports of targets that name none. */
  readonly ports: readonly PortRange[];
  /** Sent to every target that has no `name@` of its own, in place of its own name or none. */
  readonly serverNames?: readonly string[];
  /** Decides the order. */
  readonly seed: string;
  /** Whose default ports decide the protocol where none is written. */
  readonly protocols: readonly ProtocolPorts[];
}

/** A finite, numbered list of endpoints in a shuffled order, each of them once. */
export interface Plan {
  readonly size: number;
  /** The endpoint at a place in the order; its address is null where the host is a name still to be resolved. */
  endpointAt(index: number): Endpoint;
  /**
   * The place of an endpoint in the order; null: the plan does not have it. Where the plan has the host by its name, any
   * address that the name resolved to will do.
   */
  indexOf(endpoint: Endpoint): number | null;
  /**
   * Whether an endpoint that the plan itself does not number (the address of a resolved name, a server name learned on
   * the way) is excluded; `serverName` is what would be sent.
   */
  isExcluded(address: string, port: number, protocol: string, serverName?: string | null): boolean;
  readonly spec: PlanSpec;
}

/** All of IPv4 on all ports is just less. */
export const MAX_PLAN_SIZE = MAX_PERMUTATION_SIZE;

/**
 * Makes the plan of a spec. Throws a UsageError when nothing is left to scan, when there are more than 2^48 endpoints,
 * or when a server name is none.
 */
export function planFrom(spec: PlanSpec): Plan {
  if (spec.targets.length === 0) throw new UsageError('nothing to scan: no target was given');
  const defaults = {
    ports: spec.ports,
    serverNames: readServerNames(spec.serverNames ?? []),
    protocols: spec.protocols,
  };
  const excludes = createExcludes(spec.excludes ?? []);
  const { ipv4, ipv6, names, catalog } = createPlanAxes(spec.targets, defaults, excludes);
  const size = ipv4.size + ipv6.size + names.size;
  if (size > MAX_PLAN_SIZE) throw new UsageError(tooLarge(spec, [ipv4, ipv6, names]));
  if (size === 0) throw new UsageError('nothing to scan: every target is excluded');
  const order = createPermutation(size, spec.seed);

  function endpointOf(axis: Axis, place: number): Endpoint {
    const { host, service } = axis.at(place);
    const approach = approachOf(service);
    const port = service - firstServiceOf(approach);
    const { serverName, protocol } = catalog.approach(approach);
    if (axis === names) {
      return { host, address: null, port, protocol, serverName: serverName === OWN_NAME ? host : serverName };
    }
    return { host: serverName ?? host, address: host, port, protocol, serverName };
  }

  function numberOf(endpoint: Endpoint): number | null {
    if (!Number.isInteger(endpoint.port) || endpoint.port < 1 || endpoint.port > MAX_PORT) return null;
    const address = endpoint.address === null ? null : readPlainAddress(endpoint.address);
    if (address !== null && !isProblem(address)) {
      const axis = address.family === 4 ? ipv4 : ipv6;
      const place = placeOn(axis, formatAddress(address), endpoint);
      if (place !== null) return axis === ipv4 ? place : ipv4.size + place;
    }
    const place = placeOn(names, foldHostName(endpoint.host), endpoint);
    return place === null ? null : ipv4.size + ipv6.size + place;
  }

  function placeOn(axis: Axis, host: string, { serverName, protocol, port }: Endpoint): number | null {
    const name = serverName === null ? null : foldHostName(serverName);
    const approach = catalog.numberOf(axis === names && name === host ? OWN_NAME : name, protocol);
    return approach === null ? null : axis.placeOf(host, firstServiceOf(approach) + port);
  }

  return {
    size,
    spec,
    endpointAt(index) {
      if (!Number.isInteger(index) || index < 0 || index >= size) {
        throw new RangeError(`the plan has ${size} endpoints and none with index ${index}`);
      }
      const place = order.numberAt(index);
      if (place < ipv4.size) return endpointOf(ipv4, place);
      if (place < ipv4.size + ipv6.size) return endpointOf(ipv6, place - ipv4.size);
      return endpointOf(names, place - ipv4.size - ipv6.size);
    },
    indexOf(endpoint) {
      const number = numberOf(endpoint);
      return number === null ? null : order.placeOf(number);
    },
    isExcluded(address, port, protocol, serverName = null) {
      const name = serverName === null ? null : foldHostName(serverName);
      if (excludes.hasAddress(address, port, protocol, name)) return true;
      if (name === null) return false;
      const approach = { serverName: name, protocol };
      return excludes
        .rulesForServerName(name)
        .some((number) => matchesExcludeRule(excludes.rules[number] ?? NO_RULE, approach, port));
    },
  };
}

/** Takes nothing away. */
const NO_RULE: ExcludeRule = { serverName: null, ports: [] };

function readServerNames(names: readonly string[]): readonly string[] {
  const read = names.map((text) => {
    const name = readHostName(text);
    if (isProblem(name)) throw new UsageError(`server name: ${quoteWord(text)} ${name.problem}`);
    return name;
  });
  return [...new Set(read)];
}

function tooLarge(spec: PlanSpec, axes: readonly Axis[]): string {
  const count = axes.reduce((sum, axis) => sum + axis.exactSize(), 0n);
  let largest = spec.targets[0];
  let largestSize = 0n;
  for (const target of spec.targets) {
    const size = sizeAlone(target, spec);
    if (size > largestSize) [largest, largestSize] = [target, size];
  }
  const culprit =
    largest && `${largest.origin.place}: ${quoteWord(largest.text)} alone has ${format(largestSize)}`;
  return `the plan has ${format(count)} endpoints, more than 2^48 (${format(MAX_PLAN_SIZE)}); ${culprit}: narrow it or its ports`;
}

/** How many endpoints a target has by itself, before excludes. */
function sizeAlone({ hosts, ports, serverName }: Target, spec: PlanSpec): bigint {
  const addresses = 'name' in hosts ? 1n : hosts.last - hosts.first + 1n;
  const services = resolvePorts(ports ?? spec.ports, spec.protocols).reduce(
    (sum, { first, last }) => sum + last - first + 1,
    0,
  );
  const names = serverName === undefined ? Math.max(1, spec.serverNames?.length ?? 0) : 1;
  return addresses * BigInt(services * names);
}

function format(count: number | bigint): string {
  return count.toLocaleString('en-US');
}
