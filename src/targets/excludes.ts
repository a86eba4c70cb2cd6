import type { AddressRange, Target } from '../model/target.js';
import { createAddressEntries } from './address-entries.js';
import { type ExcludeRule, matchesExcludeRule } from './exclude-rule.js';
import { foldHostName } from './host-name.js';
import { readPlainAddress } from './plain-address.js';
import { formatPortRange } from './port-range.js';
import { isProblem } from './problem.js';
import { quoteWord } from './quote-word.js';
import { findStretch, sweep } from './sweep.js';

/** What must not be scanned, ready to be looked up by host, server name and address. */
export interface Excludes {
  readonly rules: readonly ExcludeRule[];
  /** Excluded addresses, each with the number of the rule that holds there. */
  readonly ranges: readonly { readonly range: AddressRange; readonly rule: number }[];
  /** Numbers of the rules that hold at a host of this name. */
  rulesForHost(name: string): readonly number[];
  /** Numbers of the rules that hold wherever this server name is sent. */
  rulesForServerName(name: string): readonly number[];
  /** Whether one port of an address, spoken to in one way, is excluded by address. */
  hasAddress(address: string, port: number, protocol: string, serverName: string | null): boolean;
}

/** Prepares excludes for look-up, in time O(n log n). */
export function createExcludes(targets: readonly Target[]): Excludes {
  const rules: ExcludeRule[] = [];
  const ruleNumbers = new Map<string, number>();
  const ranges: { range: AddressRange; rule: number }[] = [];
  const byName = new Map<string, number[]>();
  for (const { hosts, ports, serverName } of targets) {
    const key = `${serverName ?? ''}|${ports?.map(formatPortRange).join() ?? ''}`;
    const rule =
      ruleNumbers.get(key) ?? rules.push({ serverName: serverName ?? null, ports: ports ?? null }) - 1;
    ruleNumbers.set(key, rule);
    if (!('name' in hosts)) {
      ranges.push({ range: hosts, rule });
      continue;
    }
    const name = foldHostName(hosts.name);
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [rule]);
    else known.push(rule);
  }
  return {
    rules,
    ranges,
    rulesForHost: (name) => rulesForName(name, byName),
    rulesForServerName: (name) =>
      rulesForName(name, byName).filter((rule) => rules[rule]?.serverName === null),
    hasAddress: createAddressLookup(rules, ranges),
  };
}

/** The rules of the name itself and of the wildcards `*.parent` above it, at any depth. */
function rulesForName(name: string, byName: ReadonlyMap<string, readonly number[]>): readonly number[] {
  if (byName.size === 0) return [];
  const found = [...(byName.get(name) ?? [])];
  for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) {
    found.push(...(byName.get(`*${name.slice(dot)}`) ?? []));
  }
  return found;
}

function createAddressLookup(
  rules: readonly ExcludeRule[],
  ranges: Excludes['ranges'],
): Excludes['hasAddress'] {
  // Each combination of rules that meet somewhere, by its number.
  const combinations: (readonly ExcludeRule[])[] = [];
  const coverOf = (numbers: readonly number[]) =>
    combinations.push(numbers.flatMap((number) => rules[number] ?? [])) - 1;
  const entries = createAddressEntries();
  for (const { range, rule } of ranges) entries.add(range, rule);
  const ipv4 = sweep(entries.ipv4(), coverOf);
  const ranks = entries.ipv6();
  const ipv6 = sweep(ranks.entries, coverOf);
  return (text, port, protocol, serverName) => {
    const address = readPlainAddress(text);
    if (isProblem(address)) throw new RangeError(`${quoteWord(text)} ${address.problem}`);
    const { family, value } = address;
    const stretches = family === 4 ? ipv4 : ipv6;
    const position = family === 4 ? Number(value) : ranks.rankOf(value);
    const cover = stretches.covers[findStretch(stretches, position)];
    if (cover === undefined) return false;
    const approach = { serverName, protocol };
    return combinations[cover]?.some((rule) => matchesExcludeRule(rule, approach, port)) ?? false;
  };
}
