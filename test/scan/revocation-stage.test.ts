import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Revocation } from '../../src/model/revocation.js';
import { createRevocationStage, type RevocationStage } from '../../src/scan/revocation-stage.js';
import { type Inventory, openInventory } from '../../src/store/inventory.js';
import type { CertificateSpec, MadeCertificate } from '../fixtures/make-certificate.js';
import { makeCertificate } from '../fixtures/make-certificate.js';
import {
  type OpensslAuthority,
  openOpensslAuthority,
  type ResponseOptions,
} from '../fixtures/openssl-authority.js';
import { type HttpServer, serveHttp } from '../servers/http-server.js';
import { useTemporaryDirectory } from '../store/temporary-directory.js';
import { makeCa, makeLeaf, nameOf, search } from '../x509/path-setup.js';

const inDirectory = useTemporaryDirectory();

const REVOKED_AT = new Date('2026-01-02T03:04:05Z');
const DAY_MS = 86_400_000;

let root: MadeCertificate;
let intermediate: MadeCertificate;
let rootAuthority: OpensslAuthority;
let authority: OpensslAuthority;
let server: HttpServer;
let inventory: Inventory;
let stages: RevocationStage[];
/** How the responder behaves; each test may change it. */
let responding: ResponseOptions;
/** What `/crl` serves instead of the CA's list; null: that. */
let list: Uint8Array | null;
/** Told when somebody asks `/silent`. */
let silentAsked: () => void;

beforeEach(async () => {
  responding = {};
  list = null;
  stages = [];
  silentAsked = () => undefined;
  server = await serveHttp(async ({ url }, response, body) => {
    if (url === '/ocsp') response.end(await authority.respond(body, responding));
    else if (url === '/root-ocsp') response.end(await rootAuthority.respond(body));
    else if (url === '/crl') response.end(list ?? (await authority.publish()));
    else if (url === '/huge') response.writeHead(200, { 'content-length': '40000000' }).end();
    else if (url === '/inside') response.writeHead(302, { location: 'file:///etc/passwd' }).end();
    else if (url === '/silent') silentAsked();
    else response.writeHead(404).end();
  });
  root = await makeCa('Root');
  intermediate = await makeCa('Intermediate', { issuer: root, ocspUrl: server.url('/root-ocsp') });
  rootAuthority = await openOpensslAuthority(root);
  authority = await openOpensslAuthority(intermediate);
  rootAuthority.issue(intermediate);
  inventory = openInventory(inDirectory('inventory.db'), { create: true });
});

afterEach(async () => {
  for (const stage of stages) stage.close();
  await Promise.all([server.close(), rootAuthority.close(), authority.close(), inventory.close()]);
});

interface StageSetup {
  readonly allowPrivate?: boolean;
  readonly deadlineMs?: number;
  readonly now?: () => Date;
  readonly isForbidden?: (address: string, port: number) => boolean;
}

function openStage(setup: StageSetup = {}): RevocationStage {
  const stage = createRevocationStage({
    allowPrivate: true,
    isForbidden: () => false,
    now: () => new Date(),
    memory: inventory,
    ...setup,
  });
  stages.push(stage);
  return stage;
}

async function ask(stage: RevocationStage, leaf: MadeCertificate, skipsLeaf = false) {
  const found = search({ presented: [leaf, intermediate], stores: { corp: [root] } });
  const revocations = await stage.ask(found, skipsLeaf, new AbortController().signal);
  const names = new Map(found.certificates.map((each) => [each.facts.fingerprintSha256, nameOf(each)]));
  const byName: Record<string, Revocation> = {};
  for (const [fingerprint, revocation] of revocations) byName[names.get(fingerprint) ?? ''] = revocation;
  return byName;
}

async function askLeaf(leaf: MadeCertificate, setup: StageSetup = {}): Promise<Revocation | undefined> {
  return (await ask(openStage(setup), leaf))['a.example'];
}

const issueLeaf = async (spec: CertificateSpec) => {
  const leaf = await makeLeaf(intermediate, spec);
  authority.issue(leaf);
  return leaf;
};

describe('a revocation stage', () => {
  it('asks the responders of leaf and intermediates', async () => {
    const leaf = await issueLeaf({ ocspUrl: server.url('/ocsp') });
    expect(await ask(openStage(), leaf)).toEqual({
      'a.example': { status: 'good', source: server.url('/ocsp') },
      Intermediate: { status: 'good', source: server.url('/root-ocsp') },
    });
    expect(server.requests.toSorted()).toEqual(['POST /ocsp', 'POST /root-ocsp']);
  });

  it('finds a revoked leaf by responder and by list', async () => {
    const expected = { status: 'revoked', at: REVOKED_AT.getTime(), reason: 'keyCompromise' };
    const byResponder = await makeLeaf(intermediate, { ocspUrl: server.url('/ocsp') });
    const byList = await makeLeaf(intermediate, { crlUrl: server.url('/crl') });
    for (const leaf of [byResponder, byList]) authority.revoke(leaf, REVOKED_AT, 'keyCompromise');
    expect(await askLeaf(byResponder)).toEqual({ ...expected, source: server.url('/ocsp') });
    expect(await askLeaf(byList)).toEqual({ ...expected, source: server.url('/crl') });
  });

  it('finds a revoked intermediate', async () => {
    intermediate = await makeCa('Intermediate', { issuer: root, ocspUrl: server.url('/root-ocsp') });
    rootAuthority.revoke(intermediate, REVOKED_AT, 'CACompromise');
    const leaf = await makeLeaf(intermediate, {});
    expect((await ask(openStage(), leaf)).Intermediate).toMatchObject({
      status: 'revoked',
      reason: 'cACompromise',
    });
  });

  it('turns to the list where the responder does not know or does not answer', async () => {
    const good = { status: 'good', source: server.url('/crl') };
    const unmentioned = { ocspUrl: server.url('/ocsp'), crlUrl: server.url('/crl') };
    expect(await askLeaf(await makeLeaf(intermediate, unmentioned))).toEqual(good);
    const unanswered = { ocspUrl: server.url('/nowhere'), crlUrl: server.url('/crl') };
    expect(await askLeaf(await issueLeaf(unanswered))).toEqual(good);
  });

  it('takes the word of a responder that the issuer certified for it', async () => {
    const signer = await makeCertificate({
      subject: 'CN=Responder',
      issuer: intermediate,
      extendedKeyUsage: ['1.3.6.1.5.5.7.3.9'],
    });
    responding = { signer };
    expect(await askLeaf(await issueLeaf({ ocspUrl: server.url('/ocsp') }))).toMatchObject({
      status: 'good',
    });
  });

  it.each<[string, string, RegExp]>([
    ['the server has no answer', '/nowhere', /: the server answers with status 404$/],
    ['the answer is too large', '/huge', /: the answer has more than \d+ bytes$/],
    ['the answer is elsewhere than on the network', '/inside', /: a redirect to the scheme file, /],
  ])('says that nothing is known, and why, when %s', async (_, path, why) => {
    for (const spec of [{ ocspUrl: server.url(path) }, { crlUrl: server.url(path) }]) {
      const answer = await askLeaf(await issueLeaf(spec));
      expect(answer).toEqual({ status: 'unknown', why: expect.stringMatching(why) });
    }
  });

  it('takes no answer by a stranger', async () => {
    responding = { signer: await makeCa('Stranger') };
    expect(await askLeaf(await issueLeaf({ ocspUrl: server.url('/ocsp') }))).toMatchObject({
      status: 'unknown',
      why: expect.stringContaining('signed by a responder that the issuer did not certify'),
    });
  });

  it('takes no answer that has expired', async () => {
    const now = () => new Date(Date.now() + 9 * DAY_MS);
    for (const spec of [{ ocspUrl: server.url('/ocsp') }, { crlUrl: server.url('/crl') }]) {
      const answer = await askLeaf(await issueLeaf(spec), { now });
      expect(answer).toMatchObject({ status: 'unknown', why: expect.stringContaining('it expired on') });
    }
  });

  it('reads no list that is none', async () => {
    list = Buffer.from('<html>no list</html>');
    const answer = await askLeaf(await issueLeaf({ crlUrl: server.url('/crl') }));
    expect(answer).toMatchObject({
      status: 'unknown',
      why: expect.stringContaining('no revocation list that can be read'),
    });
  });

  it.each<[CertificateSpec, string]>([
    [{}, 'it names neither an OCSP responder nor a revocation list'],
    [
      { crlUrl: 'ldap:///cn=ca' },
      'it names no OCSP responder or revocation list that is to be had over HTTP',
    ],
  ])('says that there is nobody to ask: %j', async (spec, why) => {
    expect(await askLeaf(await issueLeaf(spec))).toEqual({ status: 'unknown', why });
    expect(server.requests).not.toContain('POST /ocsp');
  });

  it('connects to no private address unless told to, and to none that is excluded', async () => {
    const leaf = await issueLeaf({ ocspUrl: server.url('/ocsp') });
    expect(await askLeaf(leaf, { allowPrivate: false })).toMatchObject({
      status: 'unknown',
      why: expect.stringContaining('127.0.0.1 is no address of the public Internet'),
    });
    expect(await askLeaf(leaf, { isForbidden: () => true })).toMatchObject({
      status: 'unknown',
      why: expect.stringContaining('is excluded'),
    });
    expect(server.requests).toEqual([]);
  });

  it('asks once about a certificate and once for a list, however many need them', async () => {
    const stage = openStage();
    const leaves = await Promise.all(
      ['1', '2', '3'].map((serialNumber) => issueLeaf({ serialNumber, crlUrl: server.url('/crl') })),
    );
    await Promise.all([...leaves, ...leaves].map((leaf) => ask(stage, leaf)));
    expect(server.requests.toSorted()).toEqual(['GET /crl', 'POST /root-ocsp']);
  });

  it('asks nobody again, in later scans too, until the answer has run out', async () => {
    const byResponder = await issueLeaf({ ocspUrl: server.url('/ocsp') });
    const byList = await makeLeaf(intermediate, { crlUrl: server.url('/crl') });
    authority.revoke(byList, REVOKED_AT);
    const askBoth = async (setup: StageSetup) => {
      const before = server.requests.length;
      const answers = [await askLeaf(byResponder, setup), await askLeaf(byList, setup)];
      return { answers, requests: server.requests.slice(before) };
    };
    const first = await askBoth({});
    expect(first.answers.map((answer) => answer?.status)).toEqual(['good', 'revoked']);
    expect(await askBoth({})).toEqual({ answers: first.answers, requests: [] });
    const { requests } = await askBoth({ now: () => new Date(Date.now() + 8 * DAY_MS) });
    expect(requests).toContain('POST /ocsp');
    expect(requests).toContain('GET /crl');
  });

  it('does not remember what has no end, or was not learned', async () => {
    responding = { days: 0 };
    const leaf = await issueLeaf({ ocspUrl: server.url('/ocsp') });
    const unanswered = await issueLeaf({ ocspUrl: server.url('/nowhere') });
    for (let scan = 0; scan < 2; scan++) {
      await askLeaf(leaf);
      await askLeaf(unanswered);
    }
    expect(server.requests.filter((request) => request === 'POST /ocsp')).toHaveLength(2);
    expect(server.requests.filter((request) => request === 'POST /nowhere')).toHaveLength(2);
  });

  it('does not ask about a leaf whose server has stapled the answer', async () => {
    const leaf = await issueLeaf({ ocspUrl: server.url('/ocsp') });
    expect(Object.keys(await ask(openStage(), leaf, true))).toEqual(['Intermediate']);
    expect(server.requests).toEqual(['POST /root-ocsp']);
  });

  it('waits for slow servers no longer than it may, and tells what is known of the others', async () => {
    const leaf = await issueLeaf({ ocspUrl: server.url('/silent') });
    expect(await ask(openStage({ deadlineMs: 500 }), leaf)).toEqual({
      'a.example': { status: 'unknown', why: 'no answer within 0.5 s' },
      Intermediate: { status: 'good', source: server.url('/root-ocsp') },
    });
  });

  it('stops waiting when the scan is stopped', async () => {
    const leaf = await issueLeaf({ ocspUrl: server.url('/silent') });
    const stop = new AbortController();
    silentAsked = () => stop.abort();
    const found = search({ presented: [leaf, intermediate], stores: { corp: [root] } });
    const revocations = await openStage().ask(found, false, stop.signal);
    expect(revocations.get(found.certificates[0]?.facts.fingerprintSha256 ?? '')).toEqual({
      status: 'unknown',
      why: 'the scan was stopped',
    });
  });

  it('asks nothing once the scan is stopped', async () => {
    const found = search({ presented: [await issueLeaf({ ocspUrl: server.url('/ocsp') }), intermediate] });
    expect(await openStage().ask(found, false, AbortSignal.abort())).toEqual(new Map());
    expect(server.requests).toEqual([]);
  });

  it('asks again about a certificate whose issuer has come to light', async () => {
    const leaf = await issueLeaf({ ocspUrl: server.url('/ocsp') });
    const stage = openStage();
    const { signal } = new AbortController();
    const lacking = await stage.ask(search({ presented: [leaf] }), false, signal);
    expect([...lacking.values()]).toEqual([
      { status: 'unknown', why: 'its issuer is not at hand, so that no answer can be verified' },
    ]);
    expect((await ask(stage, leaf))['a.example']).toMatchObject({ status: 'good' });
  });

  it('leaves a server alone that has failed again and again', async () => {
    await server.close();
    const stage = openStage();
    const answers: (Revocation | undefined)[] = [];
    for (const serialNumber of ['1', '2', '3', '4']) {
      const leaf = await issueLeaf({ serialNumber, ocspUrl: server.url('/ocsp') });
      answers.push((await ask(stage, leaf, false))['a.example']);
    }
    expect(answers[0]).toMatchObject({ why: expect.stringContaining('cannot connect to 127.0.0.1') });
    expect(answers[3]).toMatchObject({ why: expect.stringContaining('not asked, as 127.0.0.1') });
  });
});
