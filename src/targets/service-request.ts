import type { PortRange, Target } from '../model/target.js';
import { UsageError } from '../model/usage-error.js';
import { foldHostName } from './host-name.js';
import { formatPortRange } from './port-range.js';
import type { ProtocolPorts } from './protocol-ports.js';
import { quoteWord } from './quote-word.js';
import { type ResolvedPorts, resolvePorts } from './resolve-ports.js';

/** Stands for the name of the host itself among server names, so that all hosts by name can share one approach. */
export const OWN_NAME = '';

/** What is asked for at some hosts: every port with every server name. */
export interface ServiceRequest {
  /** Null: none is sent; OWN_NAME: the host's own. */
  readonly serverNames: readonly (string | null)[];
  readonly ports: readonly ResolvedPorts[];
}

/** What holds for targets that do not say otherwise. */
export interface RequestDefaults {
  readonly ports: readonly PortRange[];
  /** Host names in folded form. */
  readonly serverNames: readonly string[];
  readonly protocols: readonly ProtocolPorts[];
}

/** The different requests of a plan's targets, numbered. */
export interface ServiceRequests {
  readonly all: readonly ServiceRequest[];
  /** The number of what a target asks for at its hosts; `hostName` is null for addresses. */
  numberOf(target: Target, hostName: string | null): number;
}

/** No host name begins so: stands for "no server name" in keys. */
const NO_NAME = '-';

/** Makes an empty list of requests. */
export function createServiceRequests(defaults: RequestDefaults): ServiceRequests {
  const all: ServiceRequest[] = [];
  const numbers = new Map<string, number>();
  return {
    all,
    numberOf(target, hostName) {
      const serverNames = serverNamesOf(target, hostName, defaults.serverNames);
      const nameKey = serverNames.map((name) => name ?? NO_NAME).join();
      const key = `${nameKey}|${target.ports?.map(formatPortRange).join() ?? ''}`;
      const known = numbers.get(key);
      if (known !== undefined) return known;
      const ports = target.ports ?? defaults.ports;
      if (ports.length === 0) {
        throw new UsageError(
          `${target.origin.place}: ${quoteWord(target.text)} has no port, and the scan has none: name one`,
        );
      }
      numbers.set(key, all.length);
      return all.push({ serverNames, ports: resolvePorts(ports, defaults.protocols) }) - 1;
    },
  };
}

function serverNamesOf(
  target: Target,
  hostName: string | null,
  defaults: readonly string[],
): readonly (string | null)[] {
  const ownName = hostName === null ? null : OWN_NAME;
  const asked = target.serverName === undefined ? defaults : [foldHostName(target.serverName)];
  if (asked.length === 0) return [ownName];
  return hostName === null ? asked : asked.map((name) => (name === hostName ? OWN_NAME : name));
}
