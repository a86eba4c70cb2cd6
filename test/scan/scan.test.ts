import { randomBytes } from 'node:crypto';
import { createSecureContext, TLSSocket } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createJudge } from '../../src/grade/judge.js';
import { DEFAULT_POLICY } from '../../src/grade/policy.js';
import type { Observation } from '../../src/model/observation.js';
import { makeRunId } from '../../src/scan/run-id.js';
import { type ScanRequest, scan } from '../../src/scan/scan.js';
import { openInventory } from '../../src/store/inventory.js';
import type { JudgedObservation } from '../../src/store/save-observations.js';
import { parsePorts } from '../../src/targets/parse-ports.js';
import { parseTargets } from '../../src/targets/parse-targets.js';
import { planFrom } from '../../src/targets/plan.js';
import { parseCertificate } from '../../src/x509/certificate.js';
import { encodeOcspRequest } from '../../src/x509/ocsp-request.js';
import { makeTrustStore } from '../../src/x509/trust-store.js';
import { type MadeCertificate, makeCertificate } from '../fixtures/make-certificate.js';
import { openOpensslAuthority } from '../fixtures/openssl-authority.js';
import { startConnectProxy } from '../servers/connect-proxy.js';
import { serveHttp } from '../servers/http-server.js';
import { type Listener, listenTcp, listenTls } from '../servers/listener.js';
import { useTemporaryDirectory } from '../store/temporary-directory.js';

const inDirectory = useTemporaryDirectory();

const RUN = '0193b7c0-0000-7000-8000-000000000001';
const NOW = new Date();

let standard: MadeCertificate;
let shop: MadeCertificate;
let listeners: Listener[] = [];

beforeAll(async () => {
  standard = await makeCertificate({
    subject: 'CN=host.example',
    dnsNames: ['shop.example', '*.wild.example', 'blog.example'],
  });
  shop = await makeCertificate({ subject: 'CN=shop.example', dnsNames: ['shop.example'] });
});

afterEach(async () => {
  await Promise.all(listeners.map((listener) => listener.close()));
  listeners = [];
});

async function serve(starting: Promise<Listener>): Promise<number> {
  const listener = await starting;
  listeners.push(listener);
  return listener.port;
}

/** A server with a certificate of its own for `shop.example`, and a standard one for all others. */
function serveNames(): Promise<number> {
  const contexts = [standard, shop].map(({ pem, privateKeyPem }) =>
    createSecureContext({ cert: pem, key: privateKeyPem }),
  );
  return serve(
    listenTls(
      {
        cert: standard.pem,
        key: standard.privateKeyPem,
        SNICallback: (name, done) => done(null, contexts[name === 'shop.example' ? 1 : 0]),
      },
      { host: '127.0.0.1', port: 0 },
    ),
  );
}

function plan(text: string, options: { serverNames?: readonly string[]; exclude?: string } = {}) {
  const read = (what: string, allowWildcards: boolean) =>
    parseTargets({ text: what, source: 'test', isFile: false }, { protocols: [], allowWildcards });
  return planFrom({
    targets: read(text, false),
    excludes: options.exclude === undefined ? [] : read(options.exclude, true),
    ports: parsePorts('443', { source: 'test', protocols: [] }),
    serverNames: options.serverNames ?? [],
    seed: 'a',
    protocols: [],
  });
}

async function run(request: Pick<ScanRequest, 'plan'> & Partial<ScanRequest>) {
  const inventory = openInventory(inDirectory('inventory.db'), { create: true });
  const judge = createJudge({ policy: DEFAULT_POLICY, trustStores: [], now: NOW });
  const seen: JudgedObservation[] = [];
  try {
    const end = await scan({
      run: RUN,
      definition: {},
      resumed: false,
      pace: {
        concurrency: 10,
        ratePerSecond: null,
        limits: { connectTimeoutMs: 3000, timeoutMs: 6000 },
      },
      handshake: 'hello',
      judge,
      inventory,
      signal: new AbortController().signal,
      observed: (judged) => seen.push(judged),
      now: () => new Date(),
      ...request,
    });
    const [stored] = await inventory.runs();
    return { end, seen, stored };
  } finally {
    await inventory.close();
  }
}

/** A CA whose responder is on loopback, and servers that present its certificates. */
async function openCa() {
  const root = await makeCertificate({ subject: 'CN=Root', ca: true });
  const authority = await openOpensslAuthority(root);
  const responder = await serveHttp(async (_, response, body) => {
    response.end(await authority.respond(body));
  });
  listeners.push({
    port: responder.port,
    close: () => Promise.all([responder.close(), authority.close()]).then(),
  });
  const judge = createJudge({
    policy: DEFAULT_POLICY,
    trustStores: [makeTrustStore('corp', [root.der])],
    now: NOW,
  });
  return {
    responder,
    judge,
    revocation: { allowPrivate: true, searchPath: judge.searchPath },
    async serve(state: 'good' | 'revoked', isStapling = false): Promise<number> {
      const leaf = await makeCertificate({
        dnsNames: ['a.example'],
        issuer: root,
        ocspUrl: responder.url('/'),
      });
      if (state === 'good') authority.issue(leaf);
      else authority.revoke(leaf, new Date('2026-01-02T03:04:05Z'), 'keyCompromise');
      const request = encodeOcspRequest(parseCertificate(leaf.der), parseCertificate(root.der));
      const staple = isStapling ? await authority.respond(request) : null;
      const options = { cert: leaf.pem, key: leaf.privateKeyPem };
      return serve(
        listenTls(options, { host: '127.0.0.1', port: 0 }, (_certificate, _issuer, done) =>
          done(null, staple),
        ),
      );
    },
  };
}

function leafOf({ handshake }: Observation): string {
  const [leaf] = handshake?.presentedChain ?? [];
  if (leaf === undefined) return 'none';
  return Buffer.compare(leaf, shop.der) === 0 ? 'shop' : 'standard';
}

function leaves(seen: readonly JudgedObservation[]) {
  return Object.fromEntries(
    seen.map(({ observation }) => [observation.endpoint.serverName ?? '', leafOf(observation)]),
  );
}

describe('scan', () => {
  it('asks CAs whether certificates were revoked, if it is to, and remembers for the next scan', async () => {
    const ca = await openCa();
    const [good, revoked] = [await ca.serve('good'), await ca.serve('revoked')];
    const targets = plan(`127.0.0.1:${good},127.0.0.1:${revoked}`);
    const statuses = async (request: Partial<ScanRequest>) => {
      const { seen } = await run({ plan: targets, judge: ca.judge, ...request });
      const byPort = new Map(
        seen.map(({ observation, judgement }) => [observation.endpoint.port, judgement]),
      );
      return [byPort.get(good)?.status, byPort.get(revoked)?.status];
    };
    expect(await statuses({})).toEqual(['Good', 'Good']);
    expect(ca.responder.requests).toEqual([]);
    const { revocation } = ca;
    expect(await statuses({ run: makeRunId(new Date(), randomBytes), revocation })).toEqual([
      'Good',
      'Revoked',
    ]);
    expect(ca.responder.requests).toHaveLength(2);
    expect(await statuses({ run: makeRunId(new Date(), randomBytes), revocation })).toEqual([
      'Good',
      'Revoked',
    ]);
    expect(ca.responder.requests).toHaveLength(2);
  });

  it('hears stapled responses, and asks nobody what they say', async () => {
    const ca = await openCa();
    const [good, revoked] = [await ca.serve('good', true), await ca.serve('revoked', true)];
    const { seen } = await run({
      plan: plan(`127.0.0.1:${good},127.0.0.1:${revoked}`),
      judge: ca.judge,
      revocation: ca.revocation,
    });
    const told = seen.map(({ observation, judgement: { status, stapledOcsp } }) => [
      observation.endpoint.port === good ? 'good' : 'revoked',
      stapledOcsp,
      status,
    ]);
    expect(told.sort()).toEqual([
      ['good', 'good', 'Good'],
      ['revoked', 'revoked', 'Revoked'],
    ]);
    expect(ca.responder.requests).toEqual([]);
  });

  it('never asks at an address that the plan excludes', async () => {
    const ca = await openCa();
    const port = await ca.serve('revoked');
    const { seen } = await run({
      plan: plan(`127.0.0.1:${port}`, { exclude: `127.0.0.1:${ca.responder.port}` }),
      judge: ca.judge,
      revocation: ca.revocation,
    });
    expect(seen[0]?.judgement.findings).toMatchObject([
      { id: 'revocation-unknown', message: expect.stringContaining('127.0.0.1 is excluded from the scan') },
    ]);
    expect(ca.responder.requests).toEqual([]);
  });

  it('asks nobody on loopback unless told to', async () => {
    const ca = await openCa();
    const port = await ca.serve('revoked');
    const { seen } = await run({
      plan: plan(`127.0.0.1:${port}`),
      judge: ca.judge,
      revocation: { ...ca.revocation, allowPrivate: false },
    });
    expect(seen[0]?.judgement).toMatchObject({
      status: 'Good',
      findings: [
        { id: 'revocation-unknown', message: expect.stringContaining('no address of the public Internet') },
      ],
    });
    expect(ca.responder.requests).toEqual([]);
  });

  it('keeps an observation for each server name', async () => {
    const port = await serveNames();
    const { end, seen } = await run({
      plan: plan(`127.0.0.1:${port}`, { serverNames: ['shop.example', 'blog.example'] }),
    });
    expect(end).toMatchObject({ entriesDone: 2, observations: 2, byName: 0 });
    expect(leaves(seen)).toEqual({ 'shop.example': 'shop', 'blog.example': 'standard' });
  });

  it.each([
    ['san', { '': 'standard', 'shop.example': 'shop', 'blog.example': 'standard' }],
    [
      'cert',
      { '': 'standard', 'host.example': 'standard', 'shop.example': 'shop', 'blog.example': 'standard' },
    ],
  ] as const)(
    'tries the names of the default certificate with %s, and totals add up',
    async (source, all) => {
      const port = await serveNames();
      const { end, seen, stored } = await run({ plan: plan(`127.0.0.1:${port}`), names: [source] });
      const byName = Object.keys(all).length - 1;
      expect(leaves(seen)).toEqual(all);
      expect(end).toEqual({
        entriesDone: 1,
        replaced: null,
        observations: byName + 1,
        byName,
        skipped: 0,
        interrupted: false,
        deaths: 0,
        retries: 0,
        stuckFor: null,
      });
      expect(stored).toMatchObject({ state: 'completed', planSize: 1, counts: { tls: byName + 1 } });
    },
  );

  it('judges each by the name that was tried', async () => {
    const port = await serveNames();
    const { seen } = await run({ plan: plan(`127.0.0.1:${port}`), names: ['cert'] });
    const wrong = seen.filter(({ judgement }) =>
      judgement.findings.some(({ id }) => id === 'hostname-mismatch'),
    );
    expect(wrong.map(({ observation }) => observation.endpoint.serverName)).toEqual(['host.example']);
  });

  it.each(['*.example', 'shop.example'])('leaves excluded names alone: %s', async (exclude) => {
    const port = await serveNames();
    const { seen } = await run({ plan: plan(`127.0.0.1:${port}`, { exclude }), names: ['san'] });
    expect(leaves(seen)).not.toHaveProperty(['shop.example']);
  });

  it('does not probe again, when it is resumed, what turned out to speak another protocol', async () => {
    const port = await serve(
      listenTcp(
        (socket) => {
          socket.write('220 mail.example ESMTP\r\n');
          socket.on('data', (bytes) => {
            if (bytes.toString().startsWith('EHLO')) socket.write('250-x\r\n250 STARTTLS\r\n');
            if (!bytes.toString().startsWith('STARTTLS')) return;
            socket.removeAllListeners('data');
            socket.write('220 go ahead\r\n');
            const { pem, privateKeyPem } = standard;
            const secureContext = createSecureContext({ cert: pem, key: privateKeyPem });
            const secure = new TLSSocket(socket, { isServer: true, secureContext });
            secure.on('error', () => secure.destroy());
          });
        },
        { host: '127.0.0.1', port: 0 },
      ),
    );
    const request = { plan: plan(`127.0.0.1:${port}/tls`) };
    const first = await run(request);
    expect(first.seen[0]?.observation).toMatchObject({
      outcome: 'tls',
      endpoint: { protocol: 'smtp' },
      greeting: '220 mail.example ESMTP',
    });
    const again = await run({ ...request, resumed: true });
    expect(again.end).toMatchObject({ entriesDone: 1, observations: 0, skipped: 1 });
  });

  it('goes on, for whoever asks the inventory, when it is resumed', async () => {
    const port = await serveNames();
    const request = { plan: plan(`127.0.0.1:${port} 127.0.0.2:1`) };
    const stopped = new AbortController();
    stopped.abort();
    const { stored } = await run({ ...request, signal: stopped.signal });
    expect(stored).toMatchObject({ state: 'interrupted' });
    const states: string[] = [];
    const drain = async () => {
      const inventory = openInventory(inDirectory('inventory.db'), { readOnly: true });
      states.push(...(await inventory.runs()).map(({ state }) => state));
      await inventory.close();
    };
    const resumed = await run({ ...request, resumed: true, drain });
    expect(new Set(states)).toEqual(new Set(['running']));
    expect(resumed.stored).toMatchObject({ state: 'completed', startedAt: stored?.startedAt });
  });

  describe('through a proxy', () => {
    it('reaches addresses, and names that only the proxy knows', async () => {
      const port = await serveNames();
      const proxy = await startConnectProxy({ 'shop.invalid': '127.0.0.1' });
      listeners.push(proxy);
      const { seen } = await run({
        plan: plan(`127.0.0.1:${port} shop.invalid:${port}`),
        proxy: { address: '127.0.0.1', port: proxy.port },
      });
      expect(leaves(seen)).toEqual({ '': 'standard', 'shop.invalid': 'standard' });
      expect([...proxy.asked].sort()).toEqual([`127.0.0.1:${port}`, `shop.invalid:${port}`]);
      const byName = seen.find(({ observation }) => observation.endpoint.host === 'shop.invalid');
      expect(byName?.observation.endpoint.address).toBeNull();
    });

    it('leaves names that only the proxy knows alone where addresses are excluded', async () => {
      const proxy = await startConnectProxy({ 'shop.invalid': '127.0.0.1' });
      listeners.push(proxy);
      const { seen } = await run({
        plan: plan('shop.invalid', { exclude: '192.0.2.0/24' }),
        proxy: { address: '127.0.0.1', port: proxy.port },
      });
      expect(seen.map(({ observation }) => observation.outcome)).toEqual(['unresolved']);
      expect(proxy.asked).toEqual([]);
    });
  });
});
