import type { Target } from '../model/target.js';
import { createAddressEntries } from './address-entries.js';
import { type Axis, createAxis, type HostPlace } from './axis.js';
import { type CoverGroups, createCoverGroups } from './cover-groups.js';
import type { ExcludeRule } from './exclude-rule.js';
import type { Excludes } from './excludes.js';
import { foldHostName } from './host-name.js';
import { formatIpv4, readIpv4 } from './ipv4.js';
import { formatIpv6, readIpv6 } from './ipv6.js';
import type { Ipv6Ranks } from './ipv6-ranks.js';
import { isProblem } from './problem.js';
import { createServiceCatalog, type ServiceCatalog } from './service-catalog.js';
import { createServiceRequests, OWN_NAME, type RequestDefaults } from './service-request.js';
import { type AxisEntries, findStretch, type Stretches, sweep } from './sweep.js';

/** The three kinds of hosts of a plan, each numbered, and the services that the numbers mean. */
export interface PlanAxes {
  readonly ipv4: Axis;
  readonly ipv6: Axis;
  readonly names: Axis;
  readonly catalog: ServiceCatalog;
}

/** A host name and the number of the group that lies there. */
interface NameEntry {
  readonly name: string;
  readonly group: number;
}

/** Lays targets and excludes over the axes. Which endpoints there are decides their numbers, not how they are written. */
export function createPlanAxes(
  targets: readonly Target[],
  defaults: RequestDefaults,
  excludes: Excludes,
): PlanAxes {
  const requests = createServiceRequests(defaults);
  const addresses = createAddressEntries();
  const names: NameEntry[] = [];
  for (const target of targets) {
    if ('name' in target.hosts) {
      const name = foldHostName(target.hosts.name);
      names.push({ name, group: requests.numberOf(target, name) });
    } else {
      addresses.add(target.hosts, requests.numberOf(target, null));
    }
  }
  const catalog = createServiceCatalog(requests.all);
  const groups = createCoverGroups(requests.all, excludes, catalog);
  const ruleGroups = excludes.rules.map((rule) => groups.addRule(rule));
  for (const { range, rule } of excludes.ranges) addresses.add(range, ruleGroups[rule] ?? 0);
  return {
    ipv4: createIpv4Axis(addresses.ipv4(), groups, catalog),
    ipv6: createIpv6Axis(addresses.ipv6(), groups, catalog),
    names: createNameAxis(names, excludes, groups, catalog),
    catalog,
  };
}

function createIpv4Axis(entries: AxisEntries, groups: CoverGroups, catalog: ServiceCatalog): Axis {
  const stretches = sweep(entries, groups.coverOf);
  const { firsts, lasts, covers } = stretches;
  return createAxis(
    covers,
    {
      countOf: (stretch) => (lasts[stretch] ?? 0) - (firsts[stretch] ?? 0) + 1,
      hostAt: (stretch, place) => formatIpv4((firsts[stretch] ?? 0) + place),
      find(host) {
        const address = readIpv4(host);
        return isProblem(address) ? null : findPosition(stretches, address);
      },
    },
    catalog,
  );
}

function createIpv6Axis(ranks: Ipv6Ranks, groups: CoverGroups, catalog: ServiceCatalog): Axis {
  const stretches = sweep(ranks.entries, groups.coverOf);
  const { firsts, lasts, covers } = stretches;
  const boundary = (rank: number) => ranks.boundaries[rank] ?? 0n;
  return createAxis(
    covers,
    {
      countOf: (stretch) => boundary((lasts[stretch] ?? 0) + 1) - boundary(firsts[stretch] ?? 0),
      hostAt: (stretch, place) => formatIpv6(boundary(firsts[stretch] ?? 0) + BigInt(place)),
      find(host) {
        const address = readIpv6(host);
        if (isProblem(address)) return null;
        const stretch = findStretch(stretches, ranks.rankOf(address));
        return stretch === -1 ? null : { stretch, place: Number(address - boundary(firsts[stretch] ?? 0)) };
      },
    },
    catalog,
  );
}

function createNameAxis(
  entries: readonly NameEntry[],
  excludes: Excludes,
  groups: CoverGroups,
  catalog: ServiceCatalog,
): Axis {
  const names = [...new Set(entries.map(({ name }) => name))].sort();
  const places = new Map(names.map((name, place) => [name, place]));
  const positions = entries.map(({ name }) => places.get(name) ?? 0);
  const groupNumbers = entries.map(({ group }) => group);
  const ruleGroups = new Map<string, number>();
  for (const [place, name] of names.entries()) {
    for (const number of excludes.rulesForHost(name)) {
      const rule = ruleAtHost(excludes.rules[number] ?? NO_RULE, name);
      const key = `${number} ${rule.serverName}`;
      const group = ruleGroups.get(key) ?? groups.addRule(rule);
      ruleGroups.set(key, group);
      positions.push(place);
      groupNumbers.push(group);
    }
  }
  const axis = new Uint32Array(positions);
  const stretches = sweep(
    { firsts: axis, lasts: axis, groups: new Uint32Array(groupNumbers) },
    groups.coverOf,
  );
  const { firsts, lasts, covers } = stretches;
  return createAxis(
    covers,
    {
      countOf: (stretch) => (lasts[stretch] ?? 0) - (firsts[stretch] ?? 0) + 1,
      hostAt: (stretch, place) => names[(firsts[stretch] ?? 0) + place] ?? '',
      find(host) {
        const position = findName(names, host);
        return position === -1 ? null : findPosition(stretches, position);
      },
    },
    catalog,
  );
}

function findPosition(stretches: Stretches, position: number): HostPlace | null {
  const stretch = findStretch(stretches, position);
  return stretch === -1 ? null : { stretch, place: position - (stretches.firsts[stretch] ?? 0) };
}

/** Where a name is in a sorted list; -1: it is not in it. */
function findName(names: readonly string[], name: string): number {
  let low = 0;
  let high = names.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((names[middle] ?? '') < name) low = middle + 1;
    else high = middle;
  }
  return names[low] === name ? low : -1;
}

/** Takes nothing away. */
const NO_RULE: ExcludeRule = { serverName: null, ports: [] };

/** A rule as it stands at a host: one for the host's own name looks for it under OWN_NAME. */
function ruleAtHost(rule: ExcludeRule, host: string): ExcludeRule {
  return rule.serverName === host ? { ...rule, serverName: OWN_NAME } : rule;
}
