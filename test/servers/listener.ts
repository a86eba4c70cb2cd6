import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

/** A server that listens. */
export interface Listener {
  readonly port: number;
  /** Stops listening and drops all connections. */
  close(): Promise<void>;
}

/** Where to listen; port 0 takes a free one. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Hands over the OCSP response to staple; null: none. */
export type OcspStapler = (
  certificate: Buffer,
  issuer: Buffer,
  done: (error: Error | null, response: Buffer | null) => void,
) => void;

/** Serves TLS as the options say, as permissively as OpenSSL can be made to: the defect is the point. */
export function listenTls(
  options: TlsOptions,
  address: ListenAddress,
  staple?: OcspStapler,
): Promise<Listener> {
  const server = createTlsServer({ minVersion: 'TLSv1.2', ...options, ciphers: 'DEFAULT@SECLEVEL=0' });
  if (staple) server.on('OCSPRequest', staple);
  server.on('secureConnection', (socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('end', () => socket.end());
    socket.resume();
  });
  return listen(server, address);
}

/** Serves plain TCP: `behave` is handed each connection. */
export function listenTcp(behave: (socket: Socket) => void, address: ListenAddress): Promise<Listener> {
  return listen(createServer(behave), address);
}

/** Starts a server, and keeps track of its connections so that closing it is immediate. */
export async function listen(server: Server, { host, port }: ListenAddress): Promise<Listener> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A scanner that hangs up early is nothing that a server cares about.
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => resolve());
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
