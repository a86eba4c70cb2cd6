import type { AddressRange } from '../model/target.js';
import { type Ipv6Entry, type Ipv6Ranks, rankIpv6 } from './ipv6-ranks.js';
import type { AxisEntries } from './sweep.js';

/** Address ranges of both families, each with the number of the group it belongs to, on their way to a sweep. */
export interface AddressEntries {
  add(range: AddressRange, group: number): void;
  ipv4(): AxisEntries;
  ipv6(): Ipv6Ranks;
}

/** Makes an empty collection. */
export function createAddressEntries(): AddressEntries {
  const firsts: number[] = [];
  const lasts: number[] = [];
  const groups: number[] = [];
  const ipv6: Ipv6Entry[] = [];
  return {
    add({ family, first, last }, group) {
      if (family === 6) {
        ipv6.push({ first, last, group });
        return;
      }
      firsts.push(Number(first));
      lasts.push(Number(last));
      groups.push(group);
    },
    ipv4: () => ({
      firsts: new Uint32Array(firsts),
      lasts: new Uint32Array(lasts),
      groups: new Uint32Array(groups),
    }),
    ipv6: () => rankIpv6(ipv6),
  };
}
