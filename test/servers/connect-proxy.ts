import { connect, type Socket } from 'node:net';
import { type Listener, listenTcp } from './listener.js';

/** An HTTP proxy on loopback that makes tunnels. */
export interface ConnectProxy extends Listener {
  /** The destinations that it was asked for, as `host:port`. */
  readonly asked: readonly string[];
}

/** Where names lead to that only the proxy knows. */
export type ProxyNames = Readonly<Record<string, string>>;

/** Starts a proxy; it answers 502 where it reaches nobody. */
export async function startConnectProxy(names: ProxyNames = {}): Promise<ConnectProxy> {
  const asked: string[] = [];
  const listener = await listenTcp(
    (client) => {
      client.once('data', (head) => {
        const [, authority = ''] = /^CONNECT (\S+) HTTP\/1\.1\r\n/.exec(head.toString('latin1')) ?? [];
        asked.push(authority);
        const [, host = '', port = ''] = /^\[?([^\]]*?)\]?:(\d+)$/.exec(authority) ?? [];
        tunnel(client, names[host] ?? host, Number(port));
      });
    },
    { host: '127.0.0.1', port: 0 },
  );
  return { ...listener, asked };
}

function tunnel(client: Socket, host: string, port: number): void {
  const server = connect(port, host, () => {
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    client.pipe(server);
    server.pipe(client);
  });
  server.on('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n'));
  client.on('close', () => server.destroy());
}
