import type { PortRange } from '../model/target.js';
import { IMPLICIT_TLS, type ProtocolPorts } from './protocol-ports.js';

/** A range of ports whose protocol is decided. */
export type ResolvedPorts = Required<PortRange>;

/**
 * Decides which protocol is spoken on each port: the one written; else the first whose default port it is; else
 * implicit TLS.
 */
export function resolvePorts(
  ports: readonly PortRange[],
  protocols: readonly ProtocolPorts[],
): readonly ResolvedPorts[] {
  const defaults = defaultProtocols(protocols);
  return ports.flatMap(({ first, last, protocol }) =>
    protocol === undefined ? splitByDefault(first, last, defaults) : [{ first, last, protocol }],
  );
}

type DefaultProtocols = readonly (readonly [port: number, protocol: string])[];

function splitByDefault(first: number, last: number, defaults: DefaultProtocols): ResolvedPorts[] {
  const pieces: ResolvedPorts[] = [];
  let from = first;
  for (const [port, protocol] of defaults) {
    if (port < from || port > last) continue;
    if (port > from) pieces.push({ first: from, last: port - 1, protocol: IMPLICIT_TLS });
    pieces.push({ first: port, last: port, protocol });
    from = port + 1;
  }
  if (from <= last) pieces.push({ first: from, last, protocol: IMPLICIT_TLS });
  return pieces;
}

/** Default ports in ascending order, each with the first protocol that claims it. */
function defaultProtocols(protocols: readonly ProtocolPorts[]): DefaultProtocols {
  const byPort = new Map<number, string>();
  for (const { name, defaultPorts } of protocols) {
    for (const port of defaultPorts) if (!byPort.has(port)) byPort.set(port, name);
  }
  return [...byPort].sort((a, b) => a[0] - b[0]);
}
