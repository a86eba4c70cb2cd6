import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../src/model/endpoint.js';
import type { Judgement } from '../../src/model/judgement.js';
import type { ProbeResult } from '../../src/model/observation.js';
import type { RunProgress } from '../../src/model/run-progress.js';
import { runScan, type ScanOptions } from '../../src/scan/run-scan.js';
import type { JudgedObservation } from '../../src/store/save-observations.js';

const NOTHING: Judgement = {
  presented: [],
  path: { status: 'none', trustStores: [], certificates: [], reason: null },
  findings: [],
  status: 'No certificate',
  grade: null,
};

const REFUSED: ProbeResult = {
  outcome: 'refused',
  failure: { stage: 'connect', code: 'ECONNREFUSED', detail: 'the port is closed' },
  handshake: null,
};

function endpoint(port: number, overrides: Partial<Endpoint> = {}): Endpoint {
  return { host: '127.0.0.1', address: '127.0.0.1', port, protocol: 'tls', serverName: null, ...overrides };
}

function scanOf(size: number, overrides: Partial<ScanOptions> = {}) {
  const saved: JudgedObservation[] = [];
  const options: ScanOptions = {
    run: 'run',
    plan: { size, endpointAt: (index) => endpoint(index + 1), isExcluded: () => false },
    resolve: async () => ({ addresses: ['127.0.0.1'], failed: null }),
    probe: async () => REFUSED,
    judge: () => NOTHING,
    save: async (entries) => {
      saved.push(...entries.flatMap(({ observations }) => observations));
    },
    concurrency: 10,
    ratePerSecond: null,
    signal: new AbortController().signal,
    now: () => new Date('2026-11-22T10:00:00Z'),
    ...overrides,
  };
  return { saved, end: runScan(options) };
}

describe('runScan', () => {
  it('observes each endpoint of the plan once', async () => {
    const { saved, end } = scanOf(2500);
    expect(await end).toEqual({
      entriesDone: 2500,
      observations: 2500,
      byName: 0,
      skipped: 0,
      interrupted: false,
      deaths: 0,
      retries: 0,
      stuckFor: null,
    });
    expect(new Set(saved.map(({ observation }) => observation.endpoint.port)).size).toBe(2500);
    expect(saved[0]?.observation.observedAt).toBe('2026-11-22T10:00:00.000Z');
  });

  it('never has more in flight than concurrency allows', async () => {
    let inFlight = 0;
    let most = 0;
    const { end } = scanOf(300, {
      concurrency: 7,
      probe: async () => {
        inFlight += 1;
        most = Math.max(most, inFlight);
        await new Promise((resolve) => setImmediate(resolve));
        inFlight -= 1;
        return REFUSED;
      },
    });
    await end;
    expect(most).toBe(7);
  });

  it('holds an observation back for what CAs say, and probes others meanwhile', async () => {
    const TLS: ProbeResult = { outcome: 'tls', failure: null, handshake: null };
    const judged: Judgement = { ...NOTHING, path: { ...NOTHING.path, status: 'trusted' } };
    const revocations = new Map([['leaf', { status: 'good', source: 'http://a.example/' }]] as const);
    let probed = 0;
    let inFlight = 0;
    let most = 0;
    let answer: (found: typeof revocations) => void = () => undefined;
    const answers = new Promise<typeof revocations>((resolve) => {
      answer = resolve;
    });
    const { saved, end } = scanOf(50, {
      concurrency: 2,
      probe: async () => {
        most = Math.max(most, ++inFlight);
        await new Promise((resolve) => setImmediate(resolve));
        inFlight -= 1;
        probed += 1;
        if (probed === 50) answer(revocations);
        return TLS;
      },
      judge: (_, known) => (known === revocations ? { ...judged, status: 'Revoked' } : judged),
      findRevocations: () => answers,
    });
    expect(await end).toMatchObject({ entriesDone: 50, observations: 50, interrupted: false });
    expect(most).toBe(2);
    expect(saved.every(({ judgement }) => judgement.status === 'Revoked')).toBe(true);
  });

  it('asks no CA about an endpoint without a certificate', async () => {
    const { saved, end } = scanOf(1, { findRevocations: () => Promise.reject(new Error('asked')) });
    await end;
    expect(saved).toHaveLength(1);
  });

  it('drops observations that still wait for CAs when it is stopped', async () => {
    const stop = new AbortController();
    const { saved, end } = scanOf(3, {
      signal: stop.signal,
      judge: () => ({ ...NOTHING, path: { ...NOTHING.path, status: 'trusted' } }),
      findRevocations: async () => {
        stop.abort();
        return new Map();
      },
    });
    expect(await end).toMatchObject({ entriesDone: 0, observations: 0, interrupted: true });
    expect(saved).toEqual([]);
  });

  it('makes an endpoint of each address of a name', async () => {
    const { saved, end } = scanOf(1, {
      plan: {
        size: 1,
        endpointAt: () => endpoint(443, { host: 'a.example', address: null, serverName: 'a.example' }),
        isExcluded: () => false,
      },
      resolve: async () => ({ addresses: ['192.0.2.1', '2001:db8::1'], failed: null }),
    });
    expect(await end).toMatchObject({ entriesDone: 1, observations: 2 });
    expect(saved.map(({ observation }) => observation.endpoint)).toEqual([
      endpoint(443, { host: 'a.example', address: '192.0.2.1', serverName: 'a.example' }),
      endpoint(443, { host: 'a.example', address: '2001:db8::1', serverName: 'a.example' }),
    ]);
  });

  it('records a name that does not resolve as an observation', async () => {
    const failure = { stage: 'resolve', code: 'ENOTFOUND', detail: 'gone.example is not known' } as const;
    const { saved, end } = scanOf(1, {
      plan: {
        size: 1,
        endpointAt: () => endpoint(443, { host: 'gone.example', address: null, serverName: 'gone.example' }),
        isExcluded: () => false,
      },
      resolve: async () => ({ addresses: [], failed: { outcome: 'unresolved', failure, handshake: null } }),
    });
    expect((await end).interrupted).toBe(false);
    expect(saved.map(({ observation }) => observation)).toMatchObject([
      { outcome: 'unresolved', failure, endpoint: { host: 'gone.example', address: null } },
    ]);
  });

  it('never probes an excluded address that a name resolves to', async () => {
    const probed: Endpoint[] = [];
    const { saved, end } = scanOf(1, {
      plan: {
        size: 1,
        endpointAt: () => endpoint(443, { host: 'a.example', address: null, serverName: 'a.example' }),
        isExcluded: (address) => address === '192.0.2.9',
      },
      resolve: async () => ({ addresses: ['192.0.2.9', '192.0.2.10'], failed: null }),
      probe: async (each) => {
        probed.push(each);
        return REFUSED;
      },
    });
    await end;
    expect(probed.map(({ address }) => address)).toEqual(['192.0.2.10']);
    expect(saved[0]?.observation).toMatchObject({ outcome: 'cancelled', failure: { code: 'excluded' } });
  });

  it('makes an endpoint that we failed to judge internal, with the stack, and goes on', async () => {
    const { saved, end } = scanOf(3, {
      concurrency: 1,
      judge: (observation) => {
        if (observation.outcome === 'refused' && observation.endpoint.port === 2)
          throw new Error('our own fault');
        return NOTHING;
      },
    });
    expect(await end).toMatchObject({ observations: 3, interrupted: false });
    expect(saved[1]?.observation.outcome).toBe('internal');
    expect(saved[1]?.observation.failure?.detail).toContain('our own fault');
  });

  it('stops when it is told to, keeps what is known and drops what was in flight', async () => {
    const stopper = new AbortController();
    const { saved, end } = scanOf(1000, {
      concurrency: 5,
      signal: stopper.signal,
      probe: async ({ port }) => {
        if (port === 50) stopper.abort();
        return stopper.signal.aborted ? { ...REFUSED, outcome: 'cancelled' } : REFUSED;
      },
    });
    const result = await end;
    expect(result.interrupted).toBe(true);
    expect(result.entriesDone).toBe(saved.length);
    expect(saved.length).toBeGreaterThan(40);
    expect(saved.length).toBeLessThan(60);
    expect(saved.every(({ observation }) => observation.outcome === 'refused')).toBe(true);
  });

  it('ends with the error of the store, and starts no new probes after it', async () => {
    let probes = 0;
    const { end } = scanOf(100_000, {
      probe: async () => {
        probes += 1;
        return REFUSED;
      },
      save: async () => {
        throw new Error('the disk is full');
      },
    });
    await expect(end).rejects.toThrow('the disk is full');
    expect(probes).toBeLessThan(5000);
  });

  it('leaves alone what an earlier part of the run has done, and stores the progress with what it adds', async () => {
    const before: RunProgress = {
      planDigest: 'any',
      doneBefore: 50,
      doneBeyond: Uint8Array.of(0b1111_1111, 0b11),
      extra: 3,
    };
    let progress: RunProgress | null = null;
    const saved: JudgedObservation[] = [];
    const { end } = scanOf(100, {
      before,
      save: async (entries, current) => {
        saved.push(...entries.flatMap(({ observations }) => observations));
        progress = current;
      },
    });
    expect(await end).toEqual({
      entriesDone: 100,
      observations: 40,
      byName: 0,
      skipped: 60,
      interrupted: false,
      deaths: 0,
      retries: 0,
      stuckFor: null,
    });
    expect(saved.every(({ observation }) => observation.endpoint.port > 60)).toBe(true);
    expect(progress).toMatchObject({ doneBefore: 100, doneBeyond: new Uint8Array(), extra: 3 });
  });

  it('goes on elsewhere while an address is busy, and keeps to its limit', async () => {
    let most = 0;
    const open = new Map<string, number>();
    const { end } = scanOf(400, {
      concurrency: 8,
      limits: { perAddress: 2, perSubnet: 1000 },
      plan: {
        size: 400,
        endpointAt: (index) => {
          const address = `127.0.0.${index < 300 ? 1 : index - 298}`;
          return endpoint(index + 1, { host: address, address });
        },
        isExcluded: () => false,
      },
      probe: async ({ address }) => {
        const now = (open.get(address ?? '') ?? 0) + 1;
        open.set(address ?? '', now);
        most = Math.max(most, now);
        await new Promise((resolve) => setImmediate(resolve));
        open.set(address ?? '', now - 1);
        return REFUSED;
      },
    });
    expect(await end).toMatchObject({ entriesDone: 400, interrupted: false });
    expect(most).toBe(2);
  });

  it('tells of an endpoint by the protocol that was spoken, and by that of the plan', async () => {
    const { saved, end } = scanOf(1, {
      probe: async () => ({ ...REFUSED, protocol: 'smtp', greeting: 'x' }),
    });
    await end;
    expect(saved[0]?.observation).toMatchObject({
      endpoint: endpoint(1, { protocol: 'smtp' }),
      plannedProtocol: 'tls',
      greeting: 'x',
    });
    expect(saved[0]?.observation).not.toHaveProperty('protocol');
  });

  it('tries the names that become known on the way, each once and none of them excluded', async () => {
    const probed: Endpoint[] = [];
    const { saved, end } = scanOf(2, {
      plan: {
        size: 2,
        endpointAt: (index) =>
          endpoint(443, index === 0 ? {} : { host: 'own.example', serverName: 'own.example' }),
        isExcluded: (_address, _port, _protocol, serverName) => serverName === 'b.example',
      },
      probe: async (each) => {
        probed.push(each);
        return { ...REFUSED, protocol: 'smtp' };
      },
      findNames: async () => ['a.example', 'b.example', 'c.example'],
    });
    expect(await end).toEqual({
      entriesDone: 2,
      observations: 4,
      byName: 2,
      skipped: 0,
      interrupted: false,
      deaths: 0,
      retries: 0,
      stuckFor: null,
    });
    const named = (name: string) =>
      endpoint(443, { host: name, serverName: name, protocol: name === 'own.example' ? 'tls' : 'smtp' });
    const asked = [named('a.example'), named('c.example'), named('own.example')];
    expect(probed).toHaveLength(4);
    expect(probed).toEqual(expect.arrayContaining([endpoint(443), ...asked]));
    expect(saved.filter(({ observation }) => observation.plannedProtocol === 'tls')).toHaveLength(2);
  });

  it('forgets an endpoint that was stopped between its names', async () => {
    const stopper = new AbortController();
    const { saved, end } = scanOf(1, {
      signal: stopper.signal,
      probe: async ({ serverName }) => {
        if (serverName !== null) stopper.abort();
        return stopper.signal.aborted ? { ...REFUSED, outcome: 'cancelled' } : REFUSED;
      },
      findNames: async () => ['a.example'],
    });
    expect(await end).toMatchObject({ entriesDone: 0, observations: 0, interrupted: true });
    expect(saved).toEqual([]);
  });

  it('probes by its name a host that only a proxy may know, when it is told to', async () => {
    const failure = { stage: 'resolve', code: 'ENOTFOUND', detail: 'far.example is not known' } as const;
    const far = endpoint(443, { host: 'far.example', address: null, serverName: 'far.example' });
    const { saved, end } = scanOf(1, {
      plan: { size: 1, endpointAt: () => far, isExcluded: () => false },
      resolve: async () => ({ addresses: [], failed: { outcome: 'unresolved', failure, handshake: null } }),
      probesUnresolved: true,
    });
    await end;
    expect(saved[0]?.observation).toMatchObject({ outcome: 'refused', endpoint: far });
  });

  it('keeps to the rate', async () => {
    const startedAt = performance.now();
    await scanOf(100, { ratePerSecond: 200 }).end;
    expect(performance.now() - startedAt).toBeGreaterThan(450);
  });
});
