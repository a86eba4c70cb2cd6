import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/grade/policy.js';
import type { InventoryRecord } from '../../src/model/inventory-record.js';
import { makeIssuerFetcher } from '../../src/scan/issuer-fetcher.js';
import { fillIssuerIndex, makeIssuerIndex } from '../../src/scan/issuer-index.js';
import { makeIssuerSearch } from '../../src/scan/issuer-search.js';
import { scan } from '../../src/scan/scan.js';
import { openInventory } from '../../src/store/inventory.js';
import type { JudgedObservation } from '../../src/store/save-observations.js';
import { parsePorts } from '../../src/targets/parse-ports.js';
import { parseTargets } from '../../src/targets/parse-targets.js';
import { type Plan, planFrom } from '../../src/targets/plan.js';
import { fingerprint } from '../../src/x509/fingerprint.js';
import { makeTrustStore } from '../../src/x509/trust-store.js';
import { type CertificateSpec, type MadeCertificate, makeCertificate } from '../fixtures/make-certificate.js';
import { type HttpServer, serveHttp } from '../servers/http-server.js';
import { type Listener, listenTls } from '../servers/listener.js';
import { useTemporaryDirectory } from '../store/temporary-directory.js';

const inDirectory = useTemporaryDirectory();

let root: MadeCertificate;
let upper: MadeCertificate;
let lower: MadeCertificate;
let listeners: Listener[] = [];

beforeAll(async () => {
  root = await makeCertificate({ subject: 'CN=Root', ca: true });
  upper = await makeCertificate({ subject: 'CN=Upper CA', ca: true, issuer: root });
  lower = await makeCertificate({ subject: 'CN=Lower CA', ca: true, issuer: upper });
});

afterEach(async () => {
  await Promise.all(listeners.map((listener) => listener.close()));
  listeners = [];
});

/** A server that sends what is given above its own certificate; its target. */
async function serve(
  name: string,
  above: readonly MadeCertificate[],
  changes: Partial<CertificateSpec> = {},
): Promise<string> {
  const leaf = await makeCertificate({ dnsNames: [name], issuer: lower, ...changes });
  const listener = await listenTls(
    { cert: [leaf, ...above].map(({ pem }) => pem).join(''), key: leaf.privateKeyPem },
    { host: '127.0.0.1', port: 0 },
  );
  listeners.push(listener);
  return `${name}@127.0.0.1:${listener.port}`;
}

async function serveWeb(answer: () => Uint8Array): Promise<HttpServer> {
  const web = await serveHttp((_request, response) => {
    response.end(answer());
  });
  listeners.push(web);
  return web;
}

/** A plan that visits its targets in just this order. */
function planOf(...targets: readonly string[]): Plan {
  const plan = planFrom({
    targets: parseTargets({ text: targets.join(' '), source: 'test', isFile: false }, { protocols: [] }),
    excludes: [],
    ports: parsePorts('443', { source: 'test', protocols: [] }),
    serverNames: [],
    seed: 'a',
    protocols: [],
  });
  const all = Array.from({ length: plan.size }, (_, index) => plan.endpointAt(index));
  const inOrder = targets.map((target) => all.find(({ port }) => target.endsWith(`:${port}`)));
  return {
    spec: plan.spec,
    size: plan.size,
    endpointAt: (index) => inOrder[index] ?? plan.endpointAt(index),
    isExcluded: (...place) => plan.isExcluded(...place),
  } as Plan;
}

let runs = 0;

async function run(plan: Plan, { fetches = false, resumed = false, stopsAfterOne = false } = {}) {
  if (!resumed) runs += 1;
  const id = `0193b7c0-0000-7000-8000-${String(runs).padStart(12, '0')}`;
  const inventory = openInventory(inDirectory('inventory.db'), { create: true });
  const trustStores = [makeTrustStore('corp', [root.der])];
  const stopper = new AbortController();
  const { signal } = stopper;
  const index = makeIssuerIndex();
  await fillIssuerIndex(index, inventory);
  const fetcher = fetches ? makeIssuerFetcher({ index, trustStores, allowPrivate: true, signal }) : null;
  const context = { policy: DEFAULT_POLICY, trustStores, now: new Date() };
  const issuers = makeIssuerSearch({ context, index, fetcher });
  const told: JudgedObservation[] = [];
  const postponed: JudgedObservation[] = [];
  try {
    await scan({
      run: id,
      plan,
      definition: {},
      resumed,
      pace: { concurrency: 1, ratePerSecond: null, limits: { connectTimeoutMs: 3000, timeoutMs: 6000 } },
      handshake: 'hello',
      judge: issuers.judge,
      issuers,
      inventory,
      signal,
      observed: (judged) => told.push(judged),
      postponed: (judged) => {
        postponed.push(judged);
        if (stopsAfterOne) stopper.abort();
      },
      settled: (judged) => told.push(judged),
      now: () => new Date(),
    });
    const stored: InventoryRecord[] = [];
    for await (const record of inventory.records({ run: id })) stored.push(record);
    return { told, postponed, stored };
  } finally {
    await inventory.close();
  }
}

/** What is told of a server, and the same as stored. */
function messagesOf({ stored, told }: Awaited<ReturnType<typeof run>>, target: string) {
  const port = Number(target.split(':').at(-1));
  const [first, ...more] = told.filter(({ observation }) => observation.endpoint.port === port);
  expect(more).toEqual([]);
  const record = stored.find(({ endpoint }) => endpoint.port === port);
  expect(record?.findings).toEqual(first?.judgement.findings);
  return first?.judgement.findings.map(({ id, message }) => `${id}: ${message}`) ?? [];
}

function lacking(issuer: MadeCertificate, source: string) {
  return [
    `missing-intermediate: the chain lacks ${issuer.spec.subject}, the issuer of CN=a.example; it is ${source}, with SHA-256 fingerprint ${fingerprint(issuer.der)}`,
  ];
}

describe('the search for issuers', () => {
  it.each(['before', 'after'])('proves what is missing by a server that is met %s', async (order) => {
    const lacks = await serve('a.example', [upper]);
    const sends = await serve('b.example', [lower, upper]);
    const targets = order === 'before' ? [sends, lacks] : [lacks, sends];
    const result = await run(planOf(...targets));
    expect(messagesOf(result, lacks)).toEqual(lacking(lower, `sent by ${sends}`));
    expect(messagesOf(result, sends)).toEqual([]);
    expect(result.told).toHaveLength(2);
    expect(result.postponed).toHaveLength(1);
    expect(result.stored.find(({ endpoint }) => lacks.endsWith(`:${endpoint.port}`))?.path.status).toBe(
      'incomplete',
    );
  });

  it('joins what several servers send', async () => {
    const lacks = await serve('a.example', []);
    const sends = await serve('b.example', [lower]);
    const sendsMore = await serve('c.example', [upper], { issuer: upper });
    const result = await run(planOf(lacks, sends, sendsMore));
    expect(messagesOf(result, lacks)).toEqual(lacking(lower, `sent by ${sends}`));
  });

  it('proves it by what an earlier scan has found', async () => {
    const sends = await serve('b.example', [lower, upper]);
    await run(planOf(sends));
    const lacks = await serve('a.example', [upper]);
    expect(messagesOf(await run(planOf(lacks)), lacks)).toEqual(lacking(lower, 'in the inventory'));
  });

  it('says no more than it knows where nobody sends it', async () => {
    const lacks = await serve('a.example', []);
    const result = await run(planOf(lacks));
    expect(messagesOf(result, lacks)).toEqual([expect.stringMatching(/^unknown-issuer: /)]);
  });

  it('tells a private root that was met later from a missing intermediate', async () => {
    const own = await makeCertificate({ subject: 'CN=Own Root', ca: true });
    const lacks = await serve('a.example', [], { issuer: own });
    const sends = await serve('b.example', [own], { issuer: own });
    const result = await run(planOf(lacks, sends));
    const record = result.stored.find(({ endpoint }) => lacks.endsWith(`:${endpoint.port}`));
    expect(record?.path.status).toBe('private');
    expect(messagesOf(result, lacks)).toEqual([expect.stringMatching(/^untrusted-root: /)]);
  });

  it('fetches it where the certificate says, keeps it, and asks nobody the next time', async () => {
    const web = await serveWeb(() => lower.der);
    const url = web.url('/lower.crt');
    const lacks = await serve('a.example', [upper], { aiaIssuers: url });
    expect(messagesOf(await run(planOf(lacks), { fetches: true }), lacks)).toEqual(
      lacking(lower, `fetched from ${url}`),
    );
    expect(web.requests).toEqual(['GET /lower.crt']);
    const again = await run(planOf(lacks), { fetches: true });
    expect(messagesOf(again, lacks)).toEqual(lacking(lower, 'in the inventory'));
    expect(web.requests).toHaveLength(1);
  });

  it('judges all of a resumed run, and tells of what it observed itself', async () => {
    const lacks = await serve('a.example', [upper]);
    const sends = await serve('b.example', [lower, upper]);
    await run(planOf(lacks, sends), { stopsAfterOne: true });
    const result = await run(planOf(lacks, sends), { resumed: true });
    expect(result.told.map(({ observation }) => observation.endpoint.host)).toEqual(['b.example']);
    const record = result.stored.find(({ endpoint }) => endpoint.host === 'a.example');
    expect(record?.findings[0]?.message).toContain(`it is sent by ${sends}`);
  });

  it('fetches nothing unless asked', async () => {
    const web = await serveWeb(() => lower.der);
    const lacks = await serve('a.example', [], { aiaIssuers: web.url('/lower.crt') });
    const result = await run(planOf(lacks));
    expect(messagesOf(result, lacks)).toEqual([
      `missing-intermediate: the chain lacks CN=Lower CA, the issuer of CN=a.example; it is to be had at ${web.url('/lower.crt')}`,
    ]);
    expect(web.requests).toEqual([]);
  });
});
