import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createJudge } from '../../../src/grade/judge.js';
import { DEFAULT_POLICY } from '../../../src/grade/policy.js';
import type { InventoryRecord } from '../../../src/model/inventory-record.js';
import { toJudgeData } from '../../../src/scan/engine/judge-data.js';
import type { ScanThread } from '../../../src/scan/engine/run-worker.js';
import { makeRunId } from '../../../src/scan/run-id.js';
import { type ScanRequest, scan } from '../../../src/scan/scan.js';
import type { Pace } from '../../../src/scan/speed.js';
import { openInventory } from '../../../src/store/inventory.js';
import { parsePorts } from '../../../src/targets/parse-ports.js';
import { parseTargets } from '../../../src/targets/parse-targets.js';
import { type Plan, planFrom } from '../../../src/targets/plan.js';
import { makeTrustStore } from '../../../src/x509/trust-store.js';
import { makeCertificate } from '../../fixtures/make-certificate.js';
import { listenTcp, listenTls } from '../../servers/listener.js';
import { useTemporaryDirectory } from '../../store/temporary-directory.js';
import { DEADLY, DEAF } from './dying-worker.js';

const inDirectory = useTemporaryDirectory();

/** Threads cannot read TypeScript by themselves. */
const TYPESCRIPT = `
  const { register } = await import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))});
  register();
  await import(${JSON.stringify(new URL('./dying-worker.ts', import.meta.url).href)});`;

const THREAD: ScanThread = {
  url: new URL(`data:text/javascript,${encodeURIComponent(TYPESCRIPT)}`),
  execArgv: [],
  memoryMb: 128,
};

function planOf(targets: string, ports: string): Plan {
  return planFrom({
    targets: parseTargets({ text: targets, source: 'test', isFile: false }, { protocols: [] }),
    excludes: [],
    ports: parsePorts(ports, { source: 'test', protocols: [] }),
    serverNames: [],
    seed: 'a',
    protocols: [],
  });
}

const PACE: Pace = {
  concurrency: 40,
  ratePerSecond: null,
  limits: { connectTimeoutMs: 3000, timeoutMs: 6000 },
};

interface LimitedCase {
  readonly depth?: 'posture';
  readonly perAddress?: number;
  readonly perSubnet?: number;
}

interface Changes {
  readonly targets: string;
  readonly ports?: string;
  readonly count?: number;
  readonly request?: Partial<ScanRequest>;
  readonly anchors?: readonly Uint8Array[];
}

async function run({ targets, ports = '1', count = 2, request = {}, anchors = [] }: Changes) {
  const id = request.run ?? makeRunId(new Date(), randomBytes);
  const inventory = openInventory(inDirectory('inventory.db'), { create: true });
  const trustStores = [makeTrustStore('corp', anchors)];
  const context = { policy: DEFAULT_POLICY, trustStores, now: new Date() };
  const reasons: string[] = [];
  try {
    const end = await scan({
      run: id,
      plan: planOf(targets, ports),
      definition: {},
      resumed: false,
      pace: PACE,
      handshake: 'hello',
      judge: createJudge(context),
      inventory,
      workers: {
        count,
        judge: toJudgeData(context, []),
        died: (reason) => reasons.push(reason),
        thread: THREAD,
      },
      signal: new AbortController().signal,
      now: () => new Date(),
      ...request,
    });
    const records: InventoryRecord[] = [];
    for await (const record of inventory.records({ run: id, withOutcomes: true })) records.push(record);
    return { end, records, reasons, progress: await inventory.progress(id) };
  } finally {
    await inventory.close();
  }
}

describe('workers', () => {
  it('find what is there, and judge it by the trust stores that they were sent', async () => {
    const root = await makeCertificate({ subject: 'CN=Root', ca: true });
    const leaf = await makeCertificate({ dnsNames: ['a.example'], issuer: root });
    const server = await listenTls({ cert: leaf.pem, key: leaf.privateKeyPem }, { host: '0.0.0.0', port: 0 });
    const { end, records, reasons } = await run({
      targets: '127.0.1.0/24',
      ports: `${server.port}`,
      anchors: [root.der],
    });
    await server.close();
    expect(end).toMatchObject({ entriesDone: 256, observations: 256, interrupted: false, deaths: 0 });
    expect(reasons).toEqual([]);
    expect(new Set(records.map(({ endpoint }) => endpoint.address)).size).toBe(256);
    for (const { certificate, outcome, path } of records) {
      expect(outcome).toBe('tls');
      expect(path).toMatchObject({ status: 'trusted', trustStores: ['corp'] });
      expect(certificate?.subjectAltNames).toEqual(['DNS:a.example']);
    }
  });

  it.each([
    ['exits', DEADLY.exit, /ended with code 7/],
    ['throws', DEADLY.throws, /a fault of ours/],
    ['runs out of memory', DEADLY.memory, /memory/],
  ])(
    'give up an endpoint at which a worker %s, and lose nothing else',
    async (_how, deadly, why) => {
      const { end, records, reasons, progress } = await run({
        targets: `127.0.0.0/26 ${deadly} 127.0.1.0/26`,
      });
      expect(end).toMatchObject({ entriesDone: 129, observations: 129, interrupted: false, deaths: 3 });
      expect(records).toHaveLength(129);
      expect(new Set(records.map(({ endpoint }) => endpoint.address)).size).toBe(129);
      const internal = records.filter(({ outcome }) => outcome === 'internal');
      expect(internal.map(({ endpoint }) => endpoint.address)).toEqual([deadly]);
      expect(internal[0]?.failure?.detail).toMatch(why);
      expect(records.filter(({ outcome }) => outcome === 'refused')).toHaveLength(128);
      expect(progress).toMatchObject({ doneBefore: 129, extra: 0 });
      expect(reasons).toHaveLength(3);
    },
    60_000,
  );

  it('end though one of them does not hear that it should', async () => {
    const stopper = new AbortController();
    const server = await listenTcp(() => stopper.abort(), { host: '0.0.0.0', port: 0 });
    const startedAt = performance.now();
    const { end } = await run({
      targets: `${DEAF} 127.3.0.0/25`,
      ports: `${server.port}`,
      request: { signal: stopper.signal },
    });
    await server.close();
    expect(end).toMatchObject({ interrupted: true, deaths: 0 });
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  }, 60_000);

  it('drop what is under way when they are stopped, and go on from there when the run is resumed', async () => {
    const stopper = new AbortController();
    const request = { run: makeRunId(new Date(), randomBytes), signal: stopper.signal };
    let done = 0;
    const first = await run({
      targets: '127.2.0.0/22',
      request: {
        ...request,
        pace: { concurrency: 4, ratePerSecond: 1500, limits: { connectTimeoutMs: 3000, timeoutMs: 6000 } },
        observed: () => {
          done += 1;
          if (done === 300) stopper.abort();
        },
      },
    });
    expect(first.end).toMatchObject({ interrupted: true, deaths: 0 });
    expect(first.end.observations).toBeGreaterThanOrEqual(300);
    expect(first.end.observations).toBeLessThan(1024);
    const { signal } = new AbortController();
    const second = await run({ targets: '127.2.0.0/22', request: { ...request, signal, resumed: true } });
    expect(second.end).toMatchObject({
      entriesDone: 1024,
      interrupted: false,
      skipped: first.end.observations,
    });
    expect(first.end.observations + second.end.observations).toBe(1024);
    expect(second.records).toHaveLength(1024);
  }, 60_000);

  it('cannot be started where the thread is none', async () => {
    const thread: ScanThread = { url: new URL('data:text/javascript,process.exit(3)'), execArgv: [] };
    const context = { policy: DEFAULT_POLICY, trustStores: [], now: new Date() };
    const workers = { count: 1, judge: toJudgeData(context, []), thread };
    await expect(run({ targets: '127.0.0.1', request: { workers } })).rejects.toThrow(
      'no worker can be started: it ended with code 3',
    );
  });

  it('resume no run whose plan comes out otherwise', async () => {
    const id = makeRunId(new Date(), randomBytes);
    await run({ targets: '127.0.0.1', request: { run: id } });
    await expect(run({ targets: '127.0.0.2', request: { run: id, resumed: true } })).rejects.toThrow(
      /its plan comes out otherwise now/,
    );
  });

  it.each([
    ['one endpoint of an address at a time when postures are asked for', { depth: 'posture' }, 1],
    ['so many endpoints of an address', { perAddress: 3 }, 3],
    ['so many endpoints of a subnet', { perSubnet: 4 }, 4],
  ] as const)('keep together to %s', async (_what, { depth, ...limits }: LimitedCase, expected) => {
    let open = 0;
    let most = 0;
    const server = await listenTcp(
      (socket) => {
        open += 1;
        most = Math.max(most, open);
        // Long enough for others to come, if they were let.
        socket.once('data', () =>
          setTimeout(() => {
            open -= 1;
            socket.end('no TLS here\r\n');
          }, 20),
        );
      },
      { host: '0.0.0.0', port: 0 },
    );
    const ports = `${server.port}`;
    const names = Array.from({ length: 12 }, (_, index) => `n${index}.example@127.0.0.1`).join(' ');
    const pace = { ...PACE, ...limits };
    const { records } = await run({ targets: names, ports, request: { pace, ...(depth && { depth }) } });
    await server.close();
    expect(records).toHaveLength(12);
    expect(most).toBe(expected);
  });
});
