import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCertificate } from '../../src/x509/certificate.js';
import { readOcsp } from '../../src/x509/ocsp.js';
import { encodeOcspRequest } from '../../src/x509/ocsp-request.js';
import type { RevocationAnswer, RevocationQuestion } from '../../src/x509/revocation-answer.js';
import { type CertificateSpec, type MadeCertificate, makeCertificate } from '../fixtures/make-certificate.js';
import {
  type OpensslAuthority,
  openOpensslAuthority,
  type ResponseOptions,
} from '../fixtures/openssl-authority.js';
import { makeCa, makeLeaf } from './path-setup.js';

const REVOKED_AT = new Date('2026-01-02T03:04:05Z');
const DAY_MS = 86_400_000;
const OCSP_SIGNING = { extendedKeyUsage: ['1.3.6.1.5.5.7.3.9'] };

let issuer: MadeCertificate;
let stranger: MadeCertificate;
let authority: OpensslAuthority;
let good: MadeCertificate;
let revoked: MadeCertificate;
let unmentioned: MadeCertificate;

beforeAll(async () => {
  issuer = await makeCa('Issuing CA', { key: 'rsa-2048' });
  stranger = await makeCa('Other CA');
  authority = await openOpensslAuthority(issuer);
  good = await makeLeaf(issuer, { serialNumber: '1f' });
  revoked = await makeLeaf(issuer, { serialNumber: '80f1' });
  unmentioned = await makeLeaf(issuer, { serialNumber: '80f2' });
  authority.issue(good);
  authority.revoke(revoked, REVOKED_AT, 'keyCompromise');
});

afterAll(() => authority.close());

function questionOf(certificate: MadeCertificate, now = new Date()): RevocationQuestion {
  return {
    certificate: parseCertificate(certificate.der),
    issuer: parseCertificate(issuer.der),
    now: now.getTime(),
  };
}

function requestFor(certificate: MadeCertificate, nonce?: Uint8Array): Buffer {
  const question = questionOf(certificate);
  return encodeOcspRequest(question.certificate, question.issuer, nonce);
}

async function answerFor(
  certificate: MadeCertificate,
  options: ResponseOptions & { readonly now?: Date } = {},
): Promise<RevocationAnswer> {
  const response = await authority.respond(requestFor(certificate), options);
  return readOcsp(response, questionOf(certificate, options.now));
}

function makeResponder(spec: CertificateSpec): Promise<MadeCertificate> {
  return makeCertificate({ subject: 'CN=Responder', issuer, ...OCSP_SIGNING, ...spec });
}

describe('readOcsp', () => {
  it('says that a certificate is good, and until when that counts', async () => {
    const answer = await answerFor(good);
    if (answer.status !== 'good') throw new Error(JSON.stringify(answer));
    expect(answer.nextUpdate).toBe(answer.thisUpdate + 7 * DAY_MS);
  });

  it('says when and why a certificate was revoked', async () => {
    expect(await answerFor(revoked)).toMatchObject({
      status: 'revoked',
      at: REVOKED_AT.getTime(),
      reason: 'keyCompromise',
    });
  });

  it('says that the responder does not know a certificate', async () => {
    expect(await answerFor(unmentioned)).toMatchObject({ status: 'unknown' });
  });

  it('knows a responder by the digest of its key', async () => {
    expect(await answerFor(good, { byKey: true })).toMatchObject({ status: 'good' });
  });

  it.each<[string, number, number, string]>([
    ['fresh until its end and a little longer', 7, 7 * DAY_MS + 60_000, 'good'],
    ['expired after that', 7, 8 * DAY_MS, 'expired'],
    ['not valid yet before its time', 7, -3_600_000, 'not-yet-valid'],
    ['fresh for some days if it does not say', 0, 9 * DAY_MS, 'good'],
    ['expired after those days', 0, 11 * DAY_MS, 'expired'],
  ])('takes an answer as %s', async (_, days, offsetMs, expected) => {
    const answer = await answerFor(good, { days, now: new Date(Date.now() + offsetMs) });
    expect(answer.status === 'error' ? answer.fault : answer.status).toBe(expected);
  });

  it.each<[string, () => Promise<MadeCertificate>, string | null]>([
    ['the issuer certified for it', () => makeResponder({}), null],
    [
      'has no right to it',
      () => makeResponder({ extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'] }),
      'does not allow signing OCSP',
    ],
    ['has expired', () => makeResponder({ notAfter: new Date(Date.now() - DAY_MS) }), 'is not valid now'],
    ['another CA certified', () => makeResponder({ issuer: stranger }), 'the issuer did not certify'],
    ['poses as the issuer', () => makeCa('Issuing CA'), 'the issuer did not certify'],
    [
      'must be heeded in ways unknown',
      () => makeResponder({ extensions: [{ type: '1.2.3.4', critical: true, value: Uint8Array.of(5, 0) }] }),
      '1.2.3.4',
    ],
  ])('judges an answer by a responder that %s', async (_, make, why) => {
    const answer = await answerFor(revoked, { signer: await make() });
    if (why === null) expect(answer).toMatchObject({ status: 'revoked' });
    else
      expect(answer).toMatchObject({
        status: 'error',
        fault: 'wrong-signer',
        why: expect.stringContaining(why),
      });
  });

  it('refuses a response about another certificate', async () => {
    const response = await authority.respond(requestFor(good));
    expect(readOcsp(response, questionOf(revoked))).toMatchObject({ fault: 'wrong-certificate' });
  });

  it('tells the same serial number of another issuer apart', async () => {
    const namesake = await makeLeaf(stranger, { serialNumber: '1f' });
    const response = await authority.respond(requestFor(good));
    const question = { ...questionOf(namesake), issuer: parseCertificate(stranger.der) };
    expect(readOcsp(response, question)).toMatchObject({ fault: 'wrong-certificate' });
  });

  it('takes an answer with its nonce or with none, but not with that of another request', async () => {
    const nonce = Buffer.alloc(16, 7);
    const response = await authority.respond(requestFor(good, nonce));
    expect(readOcsp(response, questionOf(good), nonce)).toMatchObject({ status: 'good' });
    expect(readOcsp(response, questionOf(good))).toMatchObject({ status: 'good' });
    expect(readOcsp(response, questionOf(good), Buffer.alloc(16, 8))).toMatchObject({
      fault: 'wrong-certificate',
    });
    const stored = await authority.respond(requestFor(good));
    expect(readOcsp(stored, questionOf(good), nonce)).toMatchObject({ status: 'good' });
  });

  it.each([
    [1, 'malformedRequest'],
    [3, 'tryLater'],
    [6, 'unauthorized'],
    [99, 'status 99'],
  ])('tells the error %d that a responder reports', (code, name) => {
    const response = Uint8Array.of(0x30, 3, 0x0a, 1, code);
    const why = `the responder reports ${name}`;
    expect(readOcsp(response, questionOf(good))).toEqual({ status: 'error', fault: 'responder-error', why });
  });

  it('finds every prefix of a response malformed', async () => {
    const response = await authority.respond(requestFor(good));
    for (let length = 0; length < response.length; length++) {
      expect(readOcsp(response.subarray(0, length), questionOf(good))).toMatchObject({ fault: 'malformed' });
    }
  });

  it('is never talked into an answer by changed bytes', async () => {
    const response = await authority.respond(requestFor(revoked));
    const question = questionOf(revoked);
    const tbsEnd = response.length - 300;
    fc.assert(
      fc.property(fc.nat(tbsEnd), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const changed = Buffer.from(response);
        changed[place] = (changed[place] ?? 0) ^ change;
        expect(['error', 'revoked']).toContain(readOcsp(changed, question).status);
      }),
      { numRuns: 500 },
    );
  });

  it('fails cleanly on bytes of any kind', () => {
    const question = questionOf(good);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(readOcsp(bytes, question).status).toBe('error');
      }),
    );
    expect(readOcsp(Buffer.alloc(300_000, 0x30), question)).toMatchObject({ fault: 'malformed' });
  });
});
