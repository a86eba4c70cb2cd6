import { foldTag, sortTags } from '../model/annotation.js';
import type { Endpoint } from '../model/endpoint.js';
import type { AddressRange, Target } from '../model/target.js';
import { foldHostName } from './host-name.js';
import { readPlainAddress } from './plain-address.js';
import { isProblem } from './problem.js';

/** Tells the tags of an endpoint: those of all targets that mean it, whether they gave it a place in the plan or others did. */
export type TagIndex = (endpoint: Endpoint) => readonly string[];

type TaggedTarget = Target & { readonly tags: readonly string[] };

/** A range with its target, and the greatest end of all ranges in the part of the tree that it is the root of. */
interface RangeNode {
  readonly range: AddressRange;
  readonly target: TaggedTarget;
  greatest: bigint;
}

/** Prepares telling tags; null: no target has any. A target without ports means all of them. */
export function makeTagIndex(targets: readonly Target[]): TagIndex | null {
  const tagged = targets.filter((target): target is TaggedTarget => (target.tags?.length ?? 0) > 0);
  if (tagged.length === 0) return null;
  const byName = new Map<string, TaggedTarget[]>();
  const ranges: RangeNode[] = [];
  for (const target of tagged) {
    const { hosts } = target;
    if (!('name' in hosts)) ranges.push({ range: hosts, target, greatest: hosts.last });
    else {
      const name = foldHostName(hosts.name);
      const known = byName.get(name);
      if (known) known.push(target);
      else byName.set(name, [target]);
    }
  }
  const find = { 4: makeRangeTree(ranges, 4), 6: makeRangeTree(ranges, 6) };

  return (endpoint) => {
    const address = endpoint.address === null ? null : readPlainAddress(endpoint.address);
    const found = [
      ...(byName.get(foldHostName(endpoint.host)) ?? []),
      ...(address === null || isProblem(address) ? [] : find[address.family](address.value)),
    ].filter((target) => means(target, endpoint));
    const tags = new Map<string, string>();
    for (const tag of found.flatMap((target) => target.tags))
      if (!tags.has(foldTag(tag))) tags.set(foldTag(tag), tag);
    return sortTags(tags.values());
  };
}

function means({ ports, serverName }: Target, endpoint: Endpoint): boolean {
  if (ports && !ports.some(({ first, last }) => endpoint.port >= first && endpoint.port <= last))
    return false;
  if (serverName === undefined) return true;
  return endpoint.serverName !== null && foldHostName(serverName) === foldHostName(endpoint.serverName);
}

/**
 * Puts the ranges of a family into a tree without pointers: they are sorted by where they begin, the middle of a stretch is
 * the root of it, and knows the greatest end in it. What holds a value is found in the time that takes to list it.
 */
function makeRangeTree(all: readonly RangeNode[], family: 4 | 6): (value: bigint) => TaggedTarget[] {
  const nodes = all
    .filter(({ range }) => range.family === family)
    .sort((a, b) => (a.range.first < b.range.first ? -1 : a.range.first > b.range.first ? 1 : 0));

  function grow(from: number, to: number): bigint {
    const middle = (from + to) >> 1;
    const node = nodes[middle];
    if (from >= to || node === undefined) return -1n;
    const below = [grow(from, middle), grow(middle + 1, to)];
    for (const end of below) if (end > node.greatest) node.greatest = end;
    return node.greatest;
  }

  function search(from: number, to: number, value: bigint, found: TaggedTarget[]): void {
    const middle = (from + to) >> 1;
    const node = nodes[middle];
    if (from >= to || node === undefined || node.greatest < value) return;
    search(from, middle, value, found);
    if (node.range.first > value) return;
    if (node.range.last >= value) found.push(node.target);
    search(middle + 1, to, value, found);
  }

  grow(0, nodes.length);
  return (value) => {
    const found: TaggedTarget[] = [];
    search(0, nodes.length, value, found);
    return found;
  };
}
