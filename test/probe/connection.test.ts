import { once } from 'node:events';
import net from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { Budget, MAX_ENDPOINT_BYTES } from '../../src/probe/budget.js';
import { readExactly } from '../../src/probe/byte-stream.js';
import { Connection, type ConnectOptions } from '../../src/probe/connection.js';

const LIMITS = { connectTimeoutMs: 2000, timeoutMs: 5000 };

/** What the test at hand has opened. */
const open = new Set<{ close(): unknown }>();

afterEach(() => {
  for (const each of open) each.close();
  open.clear();
});

/** A server that does this with each connection; its port. */
async function serve(accepted: (socket: net.Socket) => void, host = '127.0.0.1'): Promise<number> {
  const server = net.createServer((socket) => {
    open.add({ close: () => socket.destroy() });
    socket.on('error', () => socket.destroy());
    accepted(socket);
  });
  open.add(server);
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : 0;
}

async function connect(port: number, more: Partial<ConnectOptions> = {}): Promise<Connection> {
  const connection = await Connection.open({
    address: '127.0.0.1',
    port,
    budget: new Budget(LIMITS),
    ...more,
  });
  open.add(connection);
  return connection;
}

describe('reading', () => {
  test('gives bytes as sent, whatever the packets', async () => {
    const sent = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index & 255));
    const port = await serve((socket) => {
      for (let at = 0; at < sent.length; at += 7001) socket.write(sent.subarray(at, at + 7001));
    });
    const connection = await connect(port);
    const pieces: Buffer[] = [];
    for (let left = sent.length; left > 0; left -= Math.min(left, 4999)) {
      pieces.push(await readExactly(connection, Math.min(left, 4999)));
    }
    expect(Buffer.concat(pieces).equals(sent)).toBe(true);
    expect(connection.buffered).toHaveLength(0);
  });

  test('gives two connections each their own bytes', async () => {
    const port = await serve((socket) => socket.once('data', (data) => socket.write(data)));
    const connections = await Promise.all([connect(port), connect(port)]);
    for (const [index, connection] of connections.entries()) connection.write(Buffer.alloc(1000, index));
    for (const [index, connection] of connections.entries()) {
      expect(await readExactly(connection, 1000)).toEqual(Buffer.alloc(1000, index));
    }
  });

  test('takes no more than there is', async () => {
    const port = await serve((socket) => socket.write('abc'));
    const connection = await connect(port);
    await connection.fill();
    expect(connection.take(2).toString()).toBe('ab');
    expect(connection.take(9).toString()).toBe('c');
    expect(connection.take(9)).toHaveLength(0);
  });

  test('leaves what arrived before the end to be read', async () => {
    const port = await serve((socket) => socket.end('bye'));
    const connection = await connect(port);
    expect((await readExactly(connection, 3)).toString()).toBe('bye');
    await expect(connection.fill()).rejects.toMatchObject({ outcome: 'closed', code: 'closed' });
  });

  test('takes what was taken out of what is buffered no further', async () => {
    const port = await serve((socket) => {
      socket.write('one');
      socket.once('data', () => socket.write('two'));
    });
    const connection = await connect(port);
    const one = await readExactly(connection, 3);
    connection.write(Buffer.from('go'));
    await readExactly(connection, 3);
    expect(one.toString()).toBe('one');
  });
});

describe('failing', () => {
  test('at a closed port is a refusal', async () => {
    const port = await serve(() => undefined);
    for (const each of open) each.close();
    await expect(connect(port)).rejects.toMatchObject({ outcome: 'refused', stage: 'connect' });
  });

  test('by a reset names the stage', async () => {
    const port = await serve((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const connection = await connect(port);
    connection.stage = 'starttls';
    connection.write(Buffer.from('x'));
    await expect(connection.fill()).rejects.toMatchObject({ outcome: 'reset', stage: 'starttls' });
  });

  test('by too many bytes counts those of earlier connections', async () => {
    const half = Buffer.alloc(MAX_ENDPOINT_BYTES / 2 + 1);
    const port = await serve((socket) => socket.write(half));
    const budget = new Budget(LIMITS);
    const first = await connect(port, { budget });
    await readExactly(first, half.length);
    first.close();
    const second = await connect(port, { budget });
    await expect(readExactly(second, half.length)).rejects.toMatchObject({ outcome: 'too-large' });
  });

  test('by a deadline counts from the first connection', async () => {
    const port = await serve(() => undefined);
    const budget = new Budget({ connectTimeoutMs: 100, timeoutMs: 100 });
    const connection = await connect(port, { budget });
    await expect(connection.fill()).rejects.toMatchObject({ outcome: 'handshake-timeout', code: 'timeout' });
    expect(budget.remainingMs).toBeLessThan(5);
    await expect(connect(port, { budget: new Budget({ ...LIMITS, timeoutMs: 0 }) })).rejects.toMatchObject({
      outcome: 'connect-timeout',
    });
  });

  test('is final', async () => {
    const port = await serve((socket) => socket.end());
    const connection = await connect(port);
    await expect(connection.fill()).rejects.toMatchObject({ outcome: 'closed' });
    connection.write(Buffer.from('into the void'));
    await expect(connection.fill()).rejects.toMatchObject({ outcome: 'closed' });
  });

  test.each(['', 'localhost', 'a.example', '127.0.0.1 '])(
    'by the text %j, which is no address, is our fault',
    async (address) => {
      await expect(connect(443, { address })).rejects.toThrow(TypeError);
    },
  );
});

describe('stopping', () => {
  test('ends a wait', async () => {
    const controller = new AbortController();
    const port = await serve(() => undefined);
    const connection = await connect(port, { signal: controller.signal });
    const waiting = expect(connection.fill()).rejects.toMatchObject({
      outcome: 'cancelled',
      stage: 'handshake',
    });
    controller.abort();
    await waiting;
  });

  test('ends a connect', async () => {
    const controller = new AbortController();
    const port = await serve(() => undefined);
    const connecting = expect(connect(port, { signal: controller.signal })).rejects.toMatchObject({
      outcome: 'cancelled',
      stage: 'connect',
    });
    controller.abort();
    await connecting;
  });

  test('comes too late for a connection that was closed', async () => {
    const controller = new AbortController();
    const port = await serve(() => undefined);
    const connection = await connect(port, { signal: controller.signal });
    connection.close();
    controller.abort();
    await expect(connection.fill()).rejects.toMatchObject({ outcome: 'closed' });
  });
});

test('closing ends a wait and lets the peer see the end', async () => {
  let ended: Promise<unknown> = Promise.resolve();
  const port = await serve((socket) => {
    ended = once(socket.resume(), 'close');
  });
  const connection = await connect(port);
  const waiting = expect(connection.fill()).rejects.toMatchObject({ outcome: 'closed' });
  connection.close();
  await waiting;
  await ended;
});

describe('the time of a connect', () => {
  test('is told when the peer accepts', async () => {
    const port = await serve(() => undefined);
    const told: number[] = [];
    // One attempt may meet a moment in which this process is late.
    for (let turn = 0; turn < 20 && told.length === 0; turn += 1) {
      await connect(port, { connected: (_, ms) => told.push(ms) });
    }
    expect(told).toHaveLength(1);
    expect(told[0]).toBeGreaterThan(0);
    expect(told[0]).toBeLessThan(LIMITS.connectTimeoutMs);
  });

  test('is told when the port is closed', async () => {
    const port = await serve(() => undefined);
    for (const each of open) each.close();
    const told: number[] = [];
    for (let turn = 0; turn < 20 && told.length === 0; turn += 1) {
      const attempt = connect(port, { connected: (_, ms) => told.push(ms) });
      await expect(attempt).rejects.toMatchObject({ outcome: 'refused' });
    }
    expect(told).toHaveLength(1);
  });

  test('is told once, though the peer resets the connection later', async () => {
    const port = await serve((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const told: number[] = [];
    const connection = await connect(port, { connected: (_, ms) => told.push(ms) });
    connection.write(Buffer.from('x'));
    await expect(connection.fill()).rejects.toMatchObject({ outcome: 'reset' });
    expect(told.length).toBeLessThanOrEqual(1);
  });

  test('is not told when this process was busy meanwhile', async () => {
    const port = await serve(() => undefined);
    const told: number[] = [];
    const attempt = connect(port, { connected: (_, ms) => told.push(ms) });
    const end = performance.now() + 150;
    while (performance.now() < end);
    await attempt;
    expect(told).toEqual([]);
  });
});
