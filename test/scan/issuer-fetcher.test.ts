import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type IssuerFetcherOptions, makeIssuerFetcher } from '../../src/scan/issuer-fetcher.js';
import { makeIssuerIndex } from '../../src/scan/issuer-index.js';
import { parseCertificate } from '../../src/x509/certificate.js';
import { makeTrustStore } from '../../src/x509/trust-store.js';
import { type MadeCertificate, makeCertificate } from '../fixtures/make-certificate.js';
import { makePkcs7 } from '../fixtures/make-pkcs7.js';
import { type HttpServer, serveHttp } from '../servers/http-server.js';

let server: HttpServer | undefined;
let answers: Record<string, Uint8Array | string | ((response: ServerResponse) => void)> = {};

afterEach(async () => {
  await server?.close();
  server = undefined;
  answers = {};
});

async function serve(): Promise<HttpServer> {
  server = await serveHttp(({ url = '' }: IncomingMessage, response) => {
    const answer = answers[url];
    if (answer === undefined) response.writeHead(404).end();
    else if (typeof answer === 'function') answer(response);
    else response.end(answer);
  });
  return server;
}

/** A chain of CAs below a root, each pointing to where its issuer is to be had. */
async function makeChain(web: HttpServer, length: number) {
  const root = await makeCertificate({ subject: 'CN=Root', ca: true });
  const chain = [root];
  for (let level = 1; level <= length; level++) {
    chain.push(
      await makeCertificate({
        subject: `CN=Level ${level}`,
        ca: level < length,
        issuer: chain[level - 1] ?? root,
        aiaIssuers: web.url(`/${level - 1}`),
      }),
    );
  }
  chain.forEach(({ der }, level) => {
    answers[`/${level}`] = der;
  });
  const leaf = chain.pop() ?? root;
  return { root, leaf, chain };
}

async function fetchFor(leaf: MadeCertificate, options: Partial<IssuerFetcherOptions> = {}) {
  const index = makeIssuerIndex();
  const fetcher = makeIssuerFetcher({
    index,
    trustStores: [],
    allowPrivate: true,
    signal: new AbortController().signal,
    ...options,
  });
  await fetcher.fetch(parseCertificate(leaf.der));
  await fetcher.finish();
  const fetched = fetcher.listFound().map(({ facts }) => facts.commonName);
  return { fetched, failures: fetcher.failures.map(({ detail }) => detail) };
}

async function fetchAnswer(answer: (issuer: MadeCertificate) => (typeof answers)[string]) {
  const web = await serve();
  const { chain, leaf, root } = await makeChain(web, 2);
  answers['/1'] = answer(chain[1] ?? root);
  return fetchFor(leaf, { trustStores: [makeTrustStore('corp', [root.der])], timeoutMs: 300 });
}

describe('fetching issuers', () => {
  it.each<[string, (issuer: MadeCertificate) => (typeof answers)[string]]>([
    ['DER', ({ der }) => der],
    ['PEM', ({ pem }) => pem],
    ['PKCS#7', ({ der }) => makePkcs7([der])],
    [
      'what stands elsewhere now',
      ({ der }) => {
        answers['/moved'] = der;
        return (response) => response.writeHead(301, { location: '/moved' }).end();
      },
    ],
  ])('takes %s', async (_name, answer) => {
    expect(await fetchAnswer(answer)).toEqual({ fetched: ['Level 1'], failures: [] });
  });

  it.each<[string, (issuer: MadeCertificate) => (typeof answers)[string], RegExp]>([
    ['a page', () => '<!DOCTYPE html>', /^the answer is no certificate: /],
    ['nothing', () => '', /^the answer is no certificate: it is empty$/],
    ['more than a certificate can have', () => Buffer.alloc(300_000), /has more than 262144 bytes/],
    [
      'a trickle without end',
      () => (response) => {
        response.writeHead(200).write('0');
      },
      /^no answer within 300 ms$/,
    ],
    ['an error', () => (response) => response.writeHead(503).end(), /status 503/],
    [
      'a circle of redirects',
      () => (response) => response.writeHead(302, { location: '/1' }).end(),
      /redirects/,
    ],
    [
      'a way to a file',
      () => (response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
      /scheme file/,
    ],
  ])('gives up on %s', async (_name, answer, failure) => {
    const { failures, fetched } = await fetchAnswer(answer);
    expect(fetched).toEqual([]);
    expect(failures).toEqual([expect.stringMatching(failure)]);
  });

  it('proves nothing with a certificate that did not issue', async () => {
    const stranger = await makeCertificate({ subject: 'CN=Level 1', ca: true });
    const web = await serve();
    const { leaf } = await makeChain(web, 2);
    answers['/1'] = stranger.der;
    expect(await fetchFor(leaf)).toEqual({ fetched: [], failures: [] });
    expect(web.requests).toEqual(['GET /1']);
  });

  it('climbs to an issuer that a trust store holds, and no further', async () => {
    const web = await serve();
    const { leaf, root } = await makeChain(web, 4);
    const trustStores = [makeTrustStore('corp', [root.der])];
    expect((await fetchFor(leaf, { trustStores })).fetched).toEqual(['Level 3', 'Level 2', 'Level 1']);
    expect(web.requests).toEqual(['GET /3', 'GET /2', 'GET /1']);
  });

  it('climbs five steps at most', async () => {
    const web = await serve();
    const { leaf } = await makeChain(web, 9);
    await fetchFor(leaf);
    expect(web.requests).toHaveLength(5);
  });

  it('is not led in a circle by CAs that certify one another', async () => {
    const web = await serve();
    const a = await makeCertificate({ subject: 'CN=A', ca: true });
    const b = await makeCertificate({ subject: 'CN=B', ca: true, issuer: a, aiaIssuers: web.url('/a') });
    const crossA = await makeCertificate({
      subject: 'CN=A',
      ca: true,
      key: { publicKey: a.publicKey, privateKey: a.privateKey },
      issuer: b,
      aiaIssuers: web.url('/b'),
    });
    answers['/a'] = crossA.der;
    answers['/b'] = b.der;
    const leaf = await makeCertificate({ dnsNames: ['a.example'], issuer: b, aiaIssuers: web.url('/b') });
    expect((await fetchFor(leaf)).fetched.toSorted()).toEqual(['A', 'B']);
    expect(web.requests).toEqual(['GET /b', 'GET /a']);
  });

  it('asks each URL once, however many certificates name it', async () => {
    const web = await serve();
    const { root } = await makeChain(web, 1);
    const issuing = await makeCertificate({ subject: 'CN=Issuing', ca: true, issuer: root });
    answers['/issuing'] = issuing.der;
    const leaves = await Promise.all(
      ['a.example', 'b.example', 'c.example'].map((name) =>
        makeCertificate({ dnsNames: [name], issuer: issuing, aiaIssuers: web.url('/issuing') }),
      ),
    );
    const fetcher = makeIssuerFetcher({
      index: makeIssuerIndex(),
      trustStores: [],
      allowPrivate: true,
      signal: new AbortController().signal,
    });
    await Promise.all(leaves.map(({ der }) => fetcher.fetch(parseCertificate(der))));
    await fetcher.fetch(parseCertificate(leaves[0]?.der ?? new Uint8Array(0)));
    expect(web.requests).toEqual(['GET /issuing']);
  });

  it('asks nobody in a network of one’s own, or who is excluded, unless allowed', async () => {
    const web = await serve();
    const { leaf } = await makeChain(web, 2);
    const refused = await fetchFor(leaf, { allowPrivate: false });
    expect(refused.failures).toEqual([expect.stringMatching(/no address of the public Internet/)]);
    const excluded = await fetchFor(leaf, { isForbidden: () => true });
    expect(excluded.failures).toEqual([expect.stringMatching(/excluded/)]);
    expect(web.requests).toEqual([]);
  });

  it('ends at once when the scan is stopped', async () => {
    const web = await serve();
    const { leaf } = await makeChain(web, 2);
    const stop = new AbortController();
    answers['/1'] = () => stop.abort();
    expect((await fetchFor(leaf, { signal: stop.signal })).fetched).toEqual([]);
    expect(web.requests).toEqual(['GET /1']);
  });
});
