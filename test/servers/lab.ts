import { makeLabAuthority } from './lab-authority.js';
import { makeCertificateServers } from './lab-certificate-servers.js';
import { makeFailureServers } from './lab-failure-servers.js';
import { makeMailServers } from './lab-mail-servers.js';
import type { Expectation, LabServerSpec } from './lab-server.js';
import type { Listener } from './listener.js';

/** One running server of the lab. */
export interface LabServer {
  readonly name: string;
  readonly port: number;
  readonly description: string;
  /** Null: reached by address alone. */
  readonly serverName: string | null;
  /** `tls`, or a STARTTLS protocol. */
  readonly protocol: string;
  /** As a scan takes it, such as `good.lab.example@127.0.0.1:24430`. */
  readonly endpointTarget: string;
  readonly expect: Expectation;
}

/** Servers on one address and many ports, each with one peculiarity and nothing else to remark on. */
export interface Lab {
  readonly servers: readonly LabServer[];
  /** The lab's corporate root, to be trusted as a store of its own. */
  readonly trustAnchorsPem: string;
  close(): Promise<void>;
}

/** Where the lab listens. */
export interface LabOptions {
  /** A loopback address, so that every system can serve it. */
  readonly host?: '127.0.0.1';
  /** The servers take the ports from here on; 0: any free ones. */
  readonly firstPort?: number;
}

/** Below the ports that systems hand out by themselves, so that the lab finds its own free. */
const FIRST_PORT = 24430;

/** Makes a certification authority, starts all servers of the lab and says what a scan must find. */
export async function startLab({
  host = '127.0.0.1',
  firstPort = FIRST_PORT,
}: LabOptions = {}): Promise<Lab> {
  const authority = await makeLabAuthority();
  const specs = [
    ...(await makeCertificateServers(authority)),
    ...(await makeMailServers(authority)),
    ...makeFailureServers(authority),
  ];
  const listeners: Listener[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(listeners.map((listener) => listener.close()));
  };
  const servers: LabServer[] = [];
  try {
    for (const [index, spec] of specs.entries()) {
      const listener = await spec.start({ host, port: firstPort === 0 ? 0 : firstPort + index });
      listeners.push(listener);
      servers.push(describeServer(spec, host, listener.port));
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { servers, trustAnchorsPem: authority.root.pem, close };
}

function describeServer(spec: LabServerSpec, host: string, port: number): LabServer {
  const { name, description, serverName, protocol = 'tls', expect } = spec;
  const prefix = serverName === null ? '' : `${serverName}@`;
  const suffix = protocol === 'tls' ? '' : `/${protocol}`;
  return {
    name,
    port,
    description,
    serverName,
    protocol,
    expect,
    endpointTarget: `${prefix}${host}:${port}${suffix}`,
  };
}
