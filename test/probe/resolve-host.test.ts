import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { resolveHost } from '../../src/probe/resolve-host.js';

const derive = promisify(pbkdf2);

describe('resolveHost', () => {
  test('finds what the hosts file says, IPv4 first, each address once', async () => {
    const { addresses, failed } = await resolveHost('localhost', { timeoutMs: 5000 });
    expect(failed).toBeNull();
    expect(addresses[0]).toBe('127.0.0.1');
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  test('writes IPv6 addresses in canonical text', async () => {
    const { addresses } = await resolveHost('0:0:0:0:0:0:0:1', { timeoutMs: 5000 });
    expect(addresses).toEqual(['::1']);
  });

  // Names that no query can be made of, so that the test asks nobody.
  test.each(['', 'two..dots', 'a\0b', `${'a'.repeat(64)}.invalid`, 'a.'.repeat(200)])(
    'says of %j that it is unresolved',
    async (name) => {
      const { addresses, failed } = await resolveHost(name, { timeoutMs: 5000 });
      expect(addresses).toEqual([]);
      expect(failed).toMatchObject({ outcome: 'unresolved', failure: { stage: 'resolve' }, handshake: null });
    },
  );

  test('gives up at the deadline, though the lookup goes on', async () => {
    // Holds all the threads that lookups run on.
    const busy = Array.from({ length: 4 }, () => derive('password', 'salt', 100_000, 64, 'sha512'));
    const { failed } = await resolveHost('localhost', { timeoutMs: 1 });
    expect(failed).toMatchObject({
      outcome: 'unresolved',
      failure: { code: 'timeout', detail: expect.stringContaining('localhost') },
    });
    await Promise.all(busy);
  });

  test('does not begin once the scan was stopped', async () => {
    const { failed } = await resolveHost('localhost', { timeoutMs: 5000, signal: AbortSignal.abort() });
    expect(failed).toMatchObject({ outcome: 'cancelled', failure: { stage: 'resolve', code: 'cancelled' } });
  });

  test('ends all that wait when the scan is stopped', async () => {
    const controller = new AbortController();
    const names = Array.from({ length: 50 }, (_, index) => `n${index}.localhost`);
    const waiting = names.map((name) => resolveHost(name, { timeoutMs: 5000, signal: controller.signal }));
    controller.abort();
    for (const { failed } of await Promise.all(waiting)) expect(failed?.outcome).toBe('cancelled');
  });
});
