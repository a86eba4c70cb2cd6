import { expect, it } from 'vitest';
import type { Endpoint } from '../../src/model/endpoint.js';
import type { ProbeResult } from '../../src/model/observation.js';
import { probeInTurns } from '../../src/scan/probe-in-turns.js';

const REFUSED: ProbeResult = {
  outcome: 'refused',
  failure: { stage: 'connect', code: 'ECONNREFUSED', detail: 'the port is closed' },
  handshake: null,
};

function endpoint(address: string | null, port: number): Endpoint {
  return { host: address ?? 'a.example', address, port, protocol: 'tls', serverName: null };
}

it('probes one endpoint of an address at a time, and other addresses meanwhile', async () => {
  const { signal } = new AbortController();
  const busy = new Map<string | null, number>();
  let mostAtOne = 0;
  let mostInAll = 0;
  const order: number[] = [];
  const probe = probeInTurns(async ({ address, port }) => {
    busy.set(address, (busy.get(address) ?? 0) + 1);
    mostAtOne = Math.max(mostAtOne, busy.get('192.0.2.1') ?? 0);
    mostInAll = Math.max(
      mostInAll,
      [...busy.values()].reduce((sum, count) => sum + count, 0),
    );
    await new Promise((resolve) => setImmediate(resolve));
    busy.set(address, (busy.get(address) ?? 0) - 1);
    if (address === '192.0.2.1') order.push(port);
    return REFUSED;
  });
  const endpoints = [1, 2, 3].flatMap((port) => [
    endpoint('192.0.2.1', port),
    endpoint('192.0.2.2', port),
    endpoint(null, port),
  ]);
  const results = await Promise.all(endpoints.map((each) => probe(each, signal)));
  expect(results.every((result) => result === REFUSED)).toBe(true);
  expect(mostAtOne).toBe(1);
  expect(mostInAll).toBe(5);
  expect(order).toEqual([1, 2, 3]);
});
