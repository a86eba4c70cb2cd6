import { type IntervalList, joinIntervalList } from './interval-list.js';
import { MAX_PORT } from './port-range.js';
import type { ServiceRequest } from './service-request.js';

/** How a port is spoken to: which server name is sent, in which protocol. */
export interface Approach {
  /** Null: none is sent. */
  readonly serverName: string | null;
  readonly protocol: string;
}

const PORTS = MAX_PORT + 1;

/**
 * Numbers every service (approach and port) of a plan, `approach * 65,536 + port`, and keeps sets of them. Ports are
 * never 0, so intervals of two approaches never touch and never join. Approaches are numbered in sorted order, so the
 * numbers do not depend on who asked first.
 */
export interface ServiceCatalog {
  /** The approach with this number. */
  approach(number: number): Approach;
  /** The number of an approach; null: nobody asked for it. */
  numberOf(serverName: string | null, protocol: string): number | null;
  /** The services that a request means. */
  servicesOf(request: ServiceRequest): IntervalList;
  /** Keeps a set; equal sets have one number. */
  addSet(services: IntervalList): number;
  /** How many services a set has. */
  sizeOf(set: number): number;
  /** The service at a place in a set, counted from 0. */
  serviceAt(set: number, place: number): number;
  /** The place of a service in a set; null: it is not in it. */
  placeOf(set: number, service: number): number | null;
}

/** The first service of an approach, port 0, to which ports are added. */
export function firstServiceOf(approach: number): number {
  return approach * PORTS;
}

/** The number of a service's approach. */
export function approachOf(service: number): number {
  return Math.floor(service / PORTS);
}

/** Makes the catalog for all that a plan's targets ask for, without any sets yet. */
export function createServiceCatalog(requests: readonly ServiceRequest[]): ServiceCatalog {
  const { approaches, numberOf } = numberApproaches(requests);
  // All sets one after another: the first service of each interval, and how many of the set come before it.
  const firsts: number[] = [];
  const before: number[] = [];
  const setStarts: number[] = [0];
  const sizes: number[] = [];
  const setNumbers = new Map<string, number>();
  return {
    approach(number) {
      const found = approaches[number];
      if (found === undefined) throw new RangeError(`there is no approach ${number}`);
      return found;
    },
    numberOf,
    servicesOf({ serverNames, ports }) {
      const pairs = serverNames.flatMap((serverName) =>
        ports.flatMap(({ first, last, protocol }) => {
          const number = numberOf(serverName, protocol);
          if (number === null) throw new RangeError(`nobody asked for ${protocol} as ${serverName}`);
          const base = firstServiceOf(number);
          return [base + first, base + last];
        }),
      );
      return joinIntervalList(pairs);
    },
    addSet(services) {
      const key = services.join();
      const known = setNumbers.get(key);
      if (known !== undefined) return known;
      setNumbers.set(key, sizes.length);
      let size = 0;
      for (let index = 0; index < services.length; index += 2) {
        const first = services[index] ?? 0;
        firsts.push(first);
        before.push(size);
        size += (services[index + 1] ?? 0) - first + 1;
      }
      setStarts.push(firsts.length);
      return sizes.push(size) - 1;
    },
    sizeOf: (set) => sizes[set] ?? 0,
    serviceAt(set, place) {
      const interval = lastIntervalAtMost(before, set, place);
      return (firsts[interval] ?? 0) + place - (before[interval] ?? 0);
    },
    placeOf(set, service) {
      const interval = lastIntervalAtMost(firsts, set, service);
      const offset = service - (firsts[interval] ?? 0);
      const place = (before[interval] ?? 0) + offset;
      const isLast = interval + 1 === setStarts[set + 1];
      const end = (isLast ? sizes[set] : before[interval + 1]) ?? 0;
      return offset >= 0 && place < end ? place : null;
    },
  };

  /** The last interval of a set whose member of `list` is not above `value`; the set's first where all are. */
  function lastIntervalAtMost(list: readonly number[], set: number, value: number): number {
    let low = setStarts[set] ?? 0;
    let high = (setStarts[set + 1] ?? 0) - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((list[middle] ?? 0) <= value) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function numberApproaches(requests: readonly ServiceRequest[]) {
  const namesByProtocol = new Map<string, Set<string | null>>();
  for (const { serverNames, ports } of requests) {
    for (const protocol of new Set(ports.map((range) => range.protocol))) {
      const names = namesByProtocol.get(protocol) ?? new Set();
      namesByProtocol.set(protocol, names);
      for (const name of serverNames) names.add(name);
    }
  }
  const approaches: Approach[] = [];
  const numbers = new Map<string, Map<string | null, number>>();
  for (const protocol of [...namesByProtocol.keys()].sort()) {
    const byName = new Map<string | null, number>();
    numbers.set(protocol, byName);
    // Null first: sort() alone would place it among the names, as if it were the text "null".
    const names = [...(namesByProtocol.get(protocol) ?? [])];
    const sorted = [
      ...names.filter((name) => name === null),
      ...names.filter((name) => name !== null).sort(),
    ];
    for (const serverName of sorted) byName.set(serverName, approaches.push({ serverName, protocol }) - 1);
  }
  const numberOf = (serverName: string | null, protocol: string): number | null =>
    numbers.get(protocol)?.get(serverName) ?? null;
  return { approaches, numberOf };
}
