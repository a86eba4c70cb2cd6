import { createServer } from 'node:net';

/** Below the ports from which Linux takes those of outgoing connections, so that none of these is in the way. */
const FIRST_PORT = 20_000;
const PORT_COUNT = 10_000;

let next = Math.floor(Math.random() * PORT_COUNT);

/** A port of loopback that nobody listens on, and that no earlier call gave out. */
export async function findFreePort(): Promise<number> {
  for (let count = 0; count < PORT_COUNT; count += 1) {
    const port = FIRST_PORT + next;
    next = (next + 1) % PORT_COUNT;
    if (await isFree(port)) return port;
  }
  throw new Error('all ports are taken');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    // All interfaces: some servers listen on them all.
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
