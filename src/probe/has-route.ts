import dgram from 'node:dgram';
import net from 'node:net';

/** Errno names by which the kernel says that it knows no way to an address. The last: there is no such family here. */
const NO_ROUTE: ReadonlySet<string> = new Set([
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
  'EAFNOSUPPORT',
]);

/** Any port but 0 would do; nothing is ever sent to it. 9 is that of the discard protocol (RFC 863). */
const PORT = 9;

/**
 * Whether this machine knows a way to an IP address now. No packet is sent: to connect a UDP socket makes the kernel look
 * the route up and choose a source address, and nothing else. When it cannot be asked (no descriptor is free, say) the
 * answer is true, for then nothing shows that the route is missing.
 */
export async function hasRoute(address: string): Promise<boolean> {
  const family = net.isIP(address);
  if (family === 0) throw new TypeError(`not an address: ${address}`);
  const socket = dgram.createSocket(family === 6 ? 'udp6' : 'udp4');
  try {
    const error = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
      socket.on('error', resolve);
      // Errors of the connect come as the argument of its callback, which the types do not know of.
      socket.connect(PORT, address, (...failures: readonly NodeJS.ErrnoException[]) =>
        resolve(failures[0] ?? null),
      );
    });
    return !NO_ROUTE.has(error?.code ?? '');
  } finally {
    socket.close();
  }
}
