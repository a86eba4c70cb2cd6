import type { Severity } from '../model/finding.js';
import type { NameSource } from '../scan/name-finder.js';
import type { ScanDefinition } from '../scan/scan-definition.js';
import type { PasswordFlags } from './password-source.js';

/** The options of `scan` as they come from the command line. */
export interface ScanFlags extends PasswordFlags {
  readonly ports?: string;
  readonly exclude?: string[];
  readonly targetsFile?: string[];
  readonly excludeFile?: string[];
  readonly serverName?: string[];
  readonly names?: NameSource[];
  readonly proxy?: string;
  readonly definition?: string;
  readonly db: string;
  readonly save?: NonNullable<ScanDefinition['save']>;
  readonly speed?: NonNullable<ScanDefinition['speed']>;
  readonly concurrency?: number;
  readonly rate?: number;
  readonly timeout?: number;
  readonly perAddress?: number;
  readonly perSubnet?: number;
  readonly retries?: number;
  readonly giveUpAfter?: number;
  readonly onlyNew?: true;
  readonly olderThan?: string;
  readonly expiringFirst?: true;
  readonly notBetween?: string[];
  readonly workers?: number;
  readonly connectionsPerAddress?: number;
  readonly depth?: NonNullable<ScanDefinition['depth']>;
  readonly handshake?: NonNullable<ScanDefinition['handshake']>;
  readonly trustStore?: Record<string, string>;
  readonly defaultTrust: boolean;
  readonly policy?: string;
  readonly revocation?: true;
  readonly weakKeys?: string[];
  readonly fetchIssuers?: true;
  readonly fetchPrivate?: true;
  readonly now?: Date;
  readonly seed?: string;
  readonly resume?: string | true;
  readonly dryRun?: true;
  readonly ndjson?: true;
  readonly quiet?: true;
  readonly progress: boolean;
  readonly failOn?: Severity;
}

/** Lays the command line over a definition: lists are added to, everything else is replaced. */
export function definitionFromFlags(base: ScanDefinition, flags: ScanFlags): ScanDefinition {
  const definition: ScanDefinition = { ...base };
  const { ports, names, proxy, speed, concurrency, rate, timeout, depth, handshake, policy, save, seed } =
    flags;
  const {
    connectionsPerAddress,
    fetchIssuers,
    fetchPrivate,
    giveUpAfter,
    perAddress,
    perSubnet,
    retries,
    workers,
  } = flags;
  const { expiringFirst, olderThan, onlyNew } = flags;
  const limits = { perAddress, perSubnet, connectionsPerAddress };
  const paced = { speed, concurrency, rate, timeout, workers, retries, giveUpAfter, ...limits };
  const known = { expiringFirst, olderThan, onlyNew };
  const given = {
    ports,
    names,
    proxy,
    ...paced,
    depth,
    handshake,
    policy,
    fetchIssuers,
    fetchPrivate,
    save,
    seed,
    ...known,
  };
  Object.assign(
    definition,
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  );
  if (flags.targetsFile) definition.targetsFile = [...(base.targetsFile ?? []), ...flags.targetsFile];
  if (flags.exclude) definition.exclude = [...(base.exclude ?? []), ...flags.exclude];
  if (flags.excludeFile) definition.excludeFile = [...(base.excludeFile ?? []), ...flags.excludeFile];
  if (flags.serverName) definition.serverNames = [...(base.serverNames ?? []), ...flags.serverName];
  if (flags.notBetween) definition.notBetween = [...(base.notBetween ?? []), ...flags.notBetween];
  if (flags.weakKeys) definition.weakKeys = [...(base.weakKeys ?? []), ...flags.weakKeys];
  if (flags.trustStore) definition.trustStores = { ...base.trustStores, ...flags.trustStore };
  if (!flags.defaultTrust) definition.defaultTrust = false;
  if (flags.revocation) definition.revocation = true;
  return definition;
}
