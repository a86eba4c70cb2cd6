import { IMPLICIT_TLS, type ProtocolPorts } from './protocol-ports.js';

/** What scanners call services that have another name here; the others are called the same. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['https', IMPLICIT_TLS],
  ['ms-sql-s', 'mssql'],
  ['ms-wbt-server', 'rdp'],
  ['postgresql', 'postgres'],
  ['ssl', IMPLICIT_TLS],
  ['submission', 'smtp'],
  ['x509', IMPLICIT_TLS],
]);

/**
 * The protocol of a service that a scanner has spoken to and knows by name; undefined: the name decides nothing, and
 * what is expected on the port holds.
 */
export function serviceProtocol(service: string, protocols: readonly ProtocolPorts[]): string | undefined {
  const folded = service.toLowerCase();
  const name = OTHER_NAMES.get(folded) ?? folded;
  return name === IMPLICIT_TLS || protocols.some((protocol) => protocol.name === name) ? name : undefined;
}
