import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../src/model/endpoint.js';
import type { Judgement } from '../../../src/model/judgement.js';
import type { ProbeResult } from '../../../src/model/observation.js';
import type { Outcome } from '../../../src/model/outcome.js';
import { makeStages } from '../../../src/scan/engine/make-stages.js';
import { runScan, type ScanOptions } from '../../../src/scan/run-scan.js';
import { findNamespaceObstacle, runInNamespace } from '../../network-namespace.js';
import { listenTcp } from '../../servers/listener.js';

const NOTHING: Judgement = {
  presented: [],
  path: { status: 'none', trustStores: [], certificates: [], reason: null },
  findings: [],
  status: 'No certificate',
  grade: null,
};

const LIMITED: ProbeResult = {
  outcome: 'internal',
  failure: { stage: 'connect', code: 'EMFILE', detail: 'this machine is at a limit: EMFILE' },
  handshake: null,
};

/** Scans so many loopback addresses at one port. */
async function run(
  size: number,
  port: number,
  changes: (stages: ScanOptions) => Partial<ScanOptions> = () => ({}),
) {
  const plan = {
    size,
    endpointAt: (index: number): Endpoint => {
      const address = `127.6.${index >>> 8}.${index & 255}`;
      return { host: address, address, port, protocol: 'tls', serverName: null };
    },
    isExcluded: () => false,
  };
  const limits = { connectTimeoutMs: 3000, timeoutMs: 6000 };
  const data = {
    run: 'run',
    limits,
    handshake: 'hello',
    depth: 'certificate',
    names: [],
    probesUnresolved: false,
  } as const;
  const outcomes: Outcome[] = [];
  const news: string[] = [];
  const options: ScanOptions = {
    ...makeStages(data, { plan, judge: () => NOTHING, now: () => new Date() }),
    save: async () => undefined,
    observed: ({ observation }) => outcomes.push(observation.outcome),
    paced: ({ kind }) => news.push(kind),
    concurrency: 16,
    ratePerSecond: null,
    signal: new AbortController().signal,
  };
  return { end: await runScan({ ...options, ...changes(options) }), outcomes, news };
}

describe('the pace of probes', () => {
  it('puts back what met a limit of this machine, goes on with less, and tells once', async () => {
    const server = await listenTcp((socket) => socket.end('no TLS here\r\n'), { host: '0.0.0.0', port: 0 });
    let open = 0;
    let most = 0;
    const { end, news, outcomes } = await run(100, server.port, ({ probe }) => ({
      // Sixteen are asked for, and this machine has descriptors for five.
      probe: async (endpoint, signal) => {
        if (open >= 5) return LIMITED;
        open += 1;
        most = Math.max(most, open);
        const result = await probe(endpoint, signal);
        open -= 1;
        return result;
      },
    }));
    await server.close();
    expect(end).toMatchObject({
      entriesDone: 100,
      observations: 100,
      interrupted: false,
      retries: 0,
      stuckFor: null,
    });
    expect(outcomes).toHaveLength(100);
    expect(new Set(outcomes)).toEqual(new Set(['not-tls']));
    expect(news).toEqual(['local-limit']);
    expect(most).toBe(5);
  });

  it('gives up when nothing comes about any more, and keeps what there is', async () => {
    let probes = 0;
    const { end } = await run(20, 1, ({ probe }) => ({
      probe: (endpoint, signal) => {
        probes += 1;
        return probes <= 3 ? probe(endpoint, signal) : Promise.resolve(LIMITED);
      },
      stuckMs: 100,
    }));
    expect(end).toMatchObject({ entriesDone: 3, observations: 3, interrupted: true, stuckFor: 'EMFILE' });
  });

  it('tries those again that hung up without a word, later and as often as asked', async () => {
    const busyUntil = new Map<string, number>();
    const server = await listenTcp(
      (socket) => {
        const { localAddress = '' } = socket;
        const now = performance.now();
        const until = busyUntil.get(localAddress) ?? now + 800;
        busyUntil.set(localAddress, until);
        if (localAddress.endsWith('.0') || now < until) socket.resetAndDestroy();
        else socket.once('data', () => socket.end('no TLS here\r\n'));
      },
      { host: '0.0.0.0', port: 0 },
    );
    const { end, outcomes } = await run(3, server.port, () => ({ retries: 1 }));
    await server.close();
    expect(outcomes.sort()).toEqual(['not-tls', 'not-tls', 'reset']);
    expect(end).toMatchObject({ entriesDone: 3, observations: 3, retries: 3 });
  });

  it('tries nobody again who gave an answer', async () => {
    const server = await listenTcp((socket) => socket.end('no TLS here\r\n'), { host: '0.0.0.0', port: 0 });
    const answered = await run(3, server.port, () => ({ retries: 5 }));
    await server.close();
    const refused = await run(3, server.port, () => ({ retries: 5 }));
    expect([answered.end.retries, refused.end.retries]).toEqual([0, 0]);
    expect(refused.outcomes).toEqual(['refused', 'refused', 'refused']);
  });

  describe('in a network namespace', () => {
    const obstacle = findNamespaceObstacle();
    if (obstacle !== null && process.env.CI !== 'true') {
      it.skip(obstacle, () => expect.unreachable());
      return;
    }

    it('waits while the network is away, and probes again what was under way', async () => {
      const printed = await runInNamespace(path.join(import.meta.dirname, 'lose-the-network.ts'));
      const { news, end, addresses, codes } = JSON.parse(printed);
      expect(news).toEqual(['network-away after 10', 'network-back after 10']);
      expect(end).toMatchObject({ entriesDone: 40, observations: 40, interrupted: false });
      expect(addresses).toBe(40);
      expect(codes).not.toContain('unreachable ENETUNREACH');
    }, 30_000);

    it('probes no more ports of an address when so many were silent, unless it has answered', async () => {
      const counts = JSON.parse(await runInNamespace(path.join(import.meta.dirname, 'meet-silence.ts')));
      for (const address of ['198.51.100.1', '198.51.100.2']) {
        const probed = counts[`${address} connect-timeout`];
        const given = counts[`${address} cancelled the first 5 ports of this address stayed silent`];
        // Two are in flight at each address, so one may be under way when the fifth has ended.
        expect([5, 6]).toContain(probed);
        expect(given).toBe(60 - probed);
      }
      expect(counts['10.9.0.1 refused']).toBe(60);
    }, 30_000);
  });

  it('learns from answers how long to wait for others', async () => {
    let timeoutMs: number | undefined;
    await run(100, 1, ({ probe }) => ({
      connectTimeout: { leastMs: 50, mostMs: 3000 },
      probe: (endpoint, signal, pace) => {
        timeoutMs = pace?.timeoutFor('127.6.0.1');
        return probe(endpoint, signal, pace);
      },
    }));
    expect(timeoutMs).toBeGreaterThanOrEqual(1000);
    expect(timeoutMs).toBeLessThan(2500);
  });
});
