import { once } from 'node:events';
import tls from 'node:tls';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProbeResult } from '../../src/model/observation.js';
import { type ProbeOptions, probeEndpoint } from '../../src/probe/probe-endpoint.js';
import { makeCertificate } from '../fixtures/make-certificate.js';
import { HOSTILE_BEHAVIOURS } from './hostile.js';
import type { HostileBehaviour, HostileServer } from './hostile-server.js';

/** Long enough that on a busy machine no server is late by our own fault, with all of them at work at once. */
const TIMEOUT_MS = 2000;

/** What two busy cores may add to a deadline when some dozen servers and all their clients are in one process. */
const SLACK_MS = 1500;

const LIMITS = { connectTimeoutMs: TIMEOUT_MS, timeoutMs: TIMEOUT_MS };

interface Run {
  readonly result: ProbeResult;
  readonly elapsedMs: number;
}

const servers = new Map<HostileBehaviour, HostileServer>();

beforeAll(async () => {
  for (const behaviour of HOSTILE_BEHAVIOURS) servers.set(behaviour, await behaviour.start());
});

afterAll(async () => {
  await Promise.all([...servers.values()].map((server) => server.close()));
});

async function probeAll(handshake: ProbeOptions['handshake']): Promise<ReadonlyMap<HostileBehaviour, Run>> {
  return new Map(
    await Promise.all(
      [...servers].map(async ([behaviour, { port }]) => {
        const start = performance.now();
        const result = await probePort(port, handshake, behaviour.protocol);
        return [behaviour, { result, elapsedMs: performance.now() - start }] as const;
      }),
    ),
  );
}

function probePort(
  port: number,
  handshake: ProbeOptions['handshake'],
  protocol = 'tls',
): Promise<ProbeResult> {
  const endpoint = { host: '127.0.0.1', address: '127.0.0.1', port, protocol, serverName: 'a.example' };
  return probeEndpoint(endpoint, { limits: LIMITS, handshake });
}

function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
}

test('there are behaviours enough, each with its name', () => {
  expect(HOSTILE_BEHAVIOURS.length).toBeGreaterThan(30);
  expect(new Set(HOSTILE_BEHAVIOURS.map(({ name }) => name)).size).toBe(HOSTILE_BEHAVIOURS.length);
});

describe.each(['hello', 'full'] as const)('in a %s handshake', (handshake) => {
  let runs: ReadonlyMap<HostileBehaviour, Run>;

  beforeAll(async () => {
    runs = await probeAll(handshake);
  });

  describe('a server that', () => {
    test.each(HOSTILE_BEHAVIOURS)('$name', (behaviour) => {
      const run = runs.get(behaviour);
      expect(behaviour.outcomes, JSON.stringify(run?.result.failure)).toContain(run?.result.outcome);
      expect(run?.elapsedMs).toBeLessThan(TIMEOUT_MS + SLACK_MS);
      if (run?.result.outcome === 'tls') {
        expect(run.result.failure).toBeNull();
        expect(run.result.handshake?.presentedChain.length).toBeGreaterThan(0);
      } else {
        expect(run?.result.failure?.detail).not.toMatch(/[^\x20-\x7e…]/);
        expect(run?.result.failure?.detail.length).toBeLessThan(300);
      }
    });
  });

  test('their misdeeds leave no memory behind', async () => {
    const before = heapAfterCollection();
    await probeAll(handshake);
    expect(heapAfterCollection() - before).toBeLessThan(5 * 1024 * 1024);
  });

  test('the next good server is none the worse', async () => {
    const { pem, privateKeyPem } = await makeCertificate({ dnsNames: ['a.example'] });
    const server = tls.createServer({ cert: pem, key: privateKeyPem });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    try {
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      expect(await probePort(port, handshake)).toMatchObject({ outcome: 'tls', failure: null });
    } finally {
      server.close();
    }
  });
});
