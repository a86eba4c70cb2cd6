import type { Endpoint } from '../../../src/model/endpoint.js';
import type { InteropServer } from '../interop-server.js';
import type { ServerRoom } from '../server-room.js';

/** One endpoint of a server, to be seen by all tools. */
export interface AgreementCase {
  readonly title: string;
  /** Label of the port. */
  readonly port: string;
  readonly protocol: string;
  readonly serverName: string | null;
}

/** The endpoints of a server: one for each port and protocol, whatever else it is asked there. */
export function listAgreementCases({ cases }: InteropServer): readonly AgreementCase[] {
  const found = new Map<string, AgreementCase>();
  for (const { title, port, protocol, serverName = null } of cases) {
    const key = `${port}/${protocol}`;
    if (!found.has(key)) found.set(key, { title, port, protocol, serverName });
  }
  return [...found.values()];
}

/** Where a case is to be found. */
export function endpointOf({ port, protocol, serverName }: AgreementCase, room: ServerRoom): Endpoint {
  const address = '127.0.0.1';
  return { host: serverName ?? address, address, port: room.port(port), protocol, serverName };
}
