import type { PortRange } from '../model/target.js';
import { type Approach, firstServiceOf } from './service-catalog.js';

/** What an exclude takes away at the hosts that it names. */
export interface ExcludeRule {
  /** Only what is asked for by this server name; null: whatever the server name. */
  readonly serverName: string | null;
  /** Only these ports, in whichever protocol unless one is written; null: all ports. */
  readonly ports: readonly PortRange[] | null;
}

/** Whether a rule takes away one port, spoken to in one way. */
export function matchesExcludeRule(rule: ExcludeRule, approach: Approach, port: number): boolean {
  return portsOfExcludeRule(rule, approach).some(({ first, last }) => port >= first && port <= last);
}

/** The services of one approach that a rule takes away: pairs of first and last, in no order. */
export function servicesOfExcludeRule(rule: ExcludeRule, approach: Approach, number: number): number[] {
  const base = firstServiceOf(number);
  return portsOfExcludeRule(rule, approach).flatMap(({ first, last }) => [base + first, base + last]);
}

const ALL_PORTS: readonly PortRange[] = [{ first: 1, last: 65_535 }];

function portsOfExcludeRule({ serverName, ports }: ExcludeRule, approach: Approach): readonly PortRange[] {
  if (serverName !== null && serverName !== approach.serverName) return [];
  if (ports === null) return ALL_PORTS;
  return ports.filter(({ protocol }) => protocol === undefined || protocol === approach.protocol);
}
