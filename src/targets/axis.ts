import type { ServiceCatalog } from './service-catalog.js';
import { lastAtMost } from './sweep.js';

/** One kind of host (IPv4 addresses, IPv6 addresses, names) and the services asked for there, as a numbered list. */
export interface Axis {
  /** How many there are; only roughly so above 2^53. */
  readonly size: number;
  exactSize(): bigint;
  /** The host and the service at a place in the list. */
  at(place: number): { readonly host: string; readonly service: number };
  /** The place of a service at a host in the list; null: it has none. */
  placeOf(host: string, service: number): number | null;
}

/** How an axis turns the positions of its stretches back into hosts. */
export interface AxisHosts {
  /** How many hosts a stretch holds, exactly. */
  countOf(stretch: number): number | bigint;
  /** The host at a place within a stretch, as text. */
  hostAt(stretch: number, place: number): string;
  /** The stretch that holds a host, and the place of the host there; null: none does. */
  find(host: string): HostPlace | null;
}

/** Where a host is on its axis. */
export interface HostPlace {
  readonly stretch: number;
  /** From 0, within the stretch. */
  readonly place: number;
}

/** Numbers the hosts and services of an axis, stretch after stretch; `covers` has the set of services of each. */
export function createAxis(covers: Uint32Array, hosts: AxisHosts, catalog: ServiceCatalog): Axis {
  const counts = new Float64Array(covers.length);
  const before = new Float64Array(covers.length);
  let size = 0;
  for (let stretch = 0; stretch < covers.length; stretch += 1) {
    const count = Number(hosts.countOf(stretch));
    counts[stretch] = count;
    before[stretch] = size;
    size += count * catalog.sizeOf(covers[stretch] ?? 0);
  }
  return {
    size,
    exactSize() {
      let exact = 0n;
      for (const [stretch, cover] of covers.entries()) {
        exact += BigInt(hosts.countOf(stretch)) * BigInt(catalog.sizeOf(cover));
      }
      return exact;
    },
    at(place) {
      const stretch = lastAtMost(before, place);
      const within = place - (before[stretch] ?? 0);
      const count = counts[stretch] ?? 1;
      const row = Math.floor(within / count);
      return {
        host: hosts.hostAt(stretch, within - row * count),
        service: catalog.serviceAt(covers[stretch] ?? 0, row),
      };
    },
    placeOf(host, service) {
      const found = hosts.find(host);
      if (found === null) return null;
      const row = catalog.placeOf(covers[found.stretch] ?? 0, service);
      if (row === null) return null;
      return (before[found.stretch] ?? 0) + row * (counts[found.stretch] ?? 1) + found.place;
    },
  };
}
