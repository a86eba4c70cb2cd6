import type { Socket } from 'node:net';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import { type CertificateSpec, makeCertificate, NOW } from '../fixtures/make-certificate.js';
import { type LabAuthority, makeLabAuthority } from '../servers/lab-authority.js';
import { type Listener, listenTcp } from '../servers/listener.js';

/** A network of a thousand addresses, of which about one in two has a server. */
export interface FaultNetwork {
  /** The whole network, and a part of it, as targets with ports. */
  readonly targets: string;
  readonly part: string;
  /** How many endpoints each of them has. */
  readonly size: number;
  readonly partSize: number;
  /** The root that a trust store has to hold. */
  readonly anchorPem: string;
  /** The moment to judge as of, ISO 8601. */
  readonly now: string;
  close(): Promise<void>;
}

/** Addresses of a /22 and of the /24 at its beginning. */
const ADDRESSES = 1024;
const PART_ADDRESSES = 256;

/** Below the ports that systems connect from, so that no connect can come across its own socket. */
const PORTS = { tls: 24_001, plain: 24_002, slow: 24_003, rude: 24_004, closed: 24_005 } as const;

const DAY_MS = 86_400_000;

/** A server that thinks before it answers, so that some handshakes are always under way. */
const THINKING_MS = 200;

type Behaviour = (socket: Socket) => unknown;

interface Site {
  readonly host: string;
  readonly port: number;
  readonly behave: Behaviour;
}

/**
 * Starts the network in a /22 of this machine, given by its first half such as `127.100`: TLS with a certificate for each address (sound, expired, self-signed, without the
 * intermediate), slow TLS, other protocols, silence, servers that hang up, and closed ports.
 */
export async function startFaultNetwork(prefix: string): Promise<FaultNetwork> {
  const authority = await makeLabAuthority();
  const sites = await makeSites(authority, prefix);
  const listeners: Listener[] = [];
  for (const { behave, host, port } of sites) listeners.push(await listenTcp(behave, { host, port }));
  const ports = Object.values(PORTS);
  return {
    targets: `${prefix}.0.0/22`,
    part: `${prefix}.0.0/24`,
    size: ADDRESSES * ports.length,
    partSize: PART_ADDRESSES * ports.length,
    anchorPem: authority.root.pem,
    now: NOW.toISOString(),
    close: async () => {
      await Promise.all(listeners.map((listener) => listener.close()));
    },
  };
}

/** The ports of the network, as `--ports` takes them. */
export const FAULT_PORTS: string = Object.values(PORTS).join(',');

async function makeSites(authority: LabAuthority, prefix: string): Promise<Site[]> {
  const sites: Site[] = [];
  for (let index = 0; index < ADDRESSES; index += 1) {
    const host = `${prefix}.${index >> 8}.${index & 255}`;
    const add = (port: number, behave: Behaviour) => sites.push({ host, port, behave });
    if (index % 3 === 0) add(PORTS.tls, serveTls(await makeContext(authority, index)));
    if (index % 16 === 1) add(PORTS.plain, (socket) => socket.end('220 no such thing here\r\n'));
    if (index % 32 === 2) add(PORTS.slow, (socket) => socket.resume());
    if (index % 32 === 3) add(PORTS.slow, thinkFirst(serveTls(await makeContext(authority, index))));
    if (index % 32 === 4) add(PORTS.rude, (socket) => socket.once('data', () => socket.destroy()));
    if (index % 32 === 5) add(PORTS.rude, (socket) => socket.once('data', () => socket.resetAndDestroy()));
  }
  return sites;
}

async function makeContext(authority: LabAuthority, index: number): Promise<SecureContext> {
  const { intermediate } = authority;
  const isSelfSigned = index % 48 === 0;
  const spec: CertificateSpec = {
    dnsNames: [`host-${index}.faults.example`],
    ...(!isSelfSigned && { issuer: intermediate }),
    ...(index % 30 === 0 && { notAfter: new Date(NOW.getTime() - DAY_MS) }),
  };
  const leaf = await makeCertificate(spec);
  const isAlone = isSelfSigned || index % 42 === 0;
  return createSecureContext({
    cert: isAlone ? leaf.pem : `${leaf.pem}${intermediate.pem}`,
    key: leaf.privateKeyPem,
  });
}

function serveTls(secureContext: SecureContext): Behaviour {
  return (socket) => {
    const secure = new TLSSocket(socket, { isServer: true, secureContext });
    secure.on('error', () => secure.destroy());
    secure.resume();
  };
}

function thinkFirst(behave: Behaviour): Behaviour {
  return (socket) => {
    const timer = setTimeout(() => behave(socket), THINKING_MS);
    socket.on('close', () => clearTimeout(timer));
  };
}
