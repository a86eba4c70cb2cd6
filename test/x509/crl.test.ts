import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCertificate } from '../../src/x509/certificate.js';
import { askCrl, readCrl } from '../../src/x509/crl.js';
import { DerError } from '../../src/x509/der-error.js';
import { readPem } from '../../src/x509/pem.js';
import type { RevocationAnswer } from '../../src/x509/revocation-answer.js';
import { encodeBitString } from '../fixtures/encode-der.js';
import type { MadeCertificate } from '../fixtures/make-certificate.js';
import { type OpensslAuthority, openOpensslAuthority } from '../fixtures/openssl-authority.js';
import { encodeEntry, makeCrl } from './make-crl.js';
import { makeCa, makeLeaf } from './path-setup.js';

const REVOKED_AT = new Date('2026-01-02T03:04:05Z');
const DAY_MS = 86_400_000;
const URL = 'http://crl.example/ca.crl';

let issuer: MadeCertificate;
let authority: OpensslAuthority;
let good: MadeCertificate;
let revoked: MadeCertificate;
let revokedCa: MadeCertificate;

beforeAll(async () => {
  issuer = await makeCa('Issuing CA');
  authority = await openOpensslAuthority(issuer);
  good = await makeLeaf(issuer, { serialNumber: '1f', crlUrl: URL });
  revoked = await makeLeaf(issuer, { serialNumber: '80f1', crlUrl: URL });
  revokedCa = await makeCa('Sub CA', { issuer, serialNumber: '80f3', crlUrl: URL });
  authority.issue(good);
  authority.revoke(revoked, REVOKED_AT, 'superseded');
  authority.revoke(revokedCa, REVOKED_AT, 'CACompromise');
});

afterAll(() => authority.close());

function ask(
  bytes: Uint8Array,
  certificate: MadeCertificate,
  now = Date.now(),
  by = issuer,
): RevocationAnswer {
  const question = { certificate: parseCertificate(certificate.der), issuer: parseCertificate(by.der), now };
  return askCrl(readCrl(bytes), question);
}

function toDer(pem: Uint8Array): Uint8Array {
  const [block] = readPem(Buffer.from(pem).toString('latin1'));
  if (block === undefined) throw new Error('no PEM');
  return block.der;
}

describe('askCrl', () => {
  it('says that a certificate is not on the list, and until when that counts', async () => {
    const answer = ask(toDer(await authority.publish()), good);
    if (answer.status !== 'good') throw new Error(JSON.stringify(answer));
    expect(answer.nextUpdate).toBe(answer.thisUpdate + 7 * DAY_MS);
  });

  it('says when and why a certificate was revoked', async () => {
    const pem = await authority.publish();
    const expected = { status: 'revoked', at: REVOKED_AT.getTime(), reason: 'superseded' };
    expect(ask(toDer(pem), revoked)).toMatchObject(expected);
    expect(ask(pem, revoked)).toMatchObject(expected);
    expect(ask(pem, revokedCa)).toMatchObject({ status: 'revoked', reason: 'cACompromise' });
  });

  it.each<[string, number, string]>([
    ['fresh until its end and a little longer', 7 * DAY_MS + 60_000, 'revoked'],
    ['expired after that', 8 * DAY_MS, 'expired'],
    ['not valid yet before its time', -3_600_000, 'not-yet-valid'],
  ])('takes a list as %s', async (_, offsetMs, expected) => {
    const answer = ask(await authority.publish(), revoked, Date.now() + offsetMs);
    expect(answer.status === 'error' ? answer.fault : answer.status).toBe(expected);
    if (answer.status === 'error') expect(answer.why).toContain('though it lists the certificate');
  });

  it.each<[string, string, keyof typeof certificates, string]>([
    ['no list of changes', 'deltaCRL=critical,ASN1:INTEGER:1', 'leaf', 'a delta list'],
    ['no list of unknown kind', '1.2.3.4=critical,ASN1:NULL', 'leaf', 'its extension 1.2.3.4'],
    [
      'no list for other issuers',
      'issuingDistributionPoint=critical,@point\n[point]\nindirectCRL=TRUE',
      'leaf',
      'indirect',
    ],
    [
      'no list of CAs for a server',
      'issuingDistributionPoint=critical,@point\n[point]\nonlyCA=TRUE',
      'leaf',
      'CAs only',
    ],
    [
      'no list of servers for a CA',
      'issuingDistributionPoint=critical,@point\n[point]\nonlyuser=TRUE',
      'ca',
      'end entities only',
    ],
    [
      'no list of attributes',
      'issuingDistributionPoint=critical,@point\n[point]\nonlyAA=TRUE',
      'leaf',
      'attribute',
    ],
    [
      'no list for some reasons',
      'issuingDistributionPoint=critical,@point\n[point]\nonlysomereasons=keyCompromise',
      'leaf',
      'some reasons only',
    ],
    [
      'no list for another place',
      'issuingDistributionPoint=critical,@point\n[point]\nfullname=URI:http://crl.example/2.crl',
      'leaf',
      'another distribution point',
    ],
  ])('takes %s', async (_, extensions, whose, why) => {
    const list = await authority.publish({ extensions });
    expect(ask(list, certificates[whose]())).toMatchObject({
      status: 'error',
      why: expect.stringContaining(why),
    });
  });

  const certificates = { leaf: () => revoked, ca: () => revokedCa };

  it.each<[string, string, keyof typeof certificates]>([
    ['servers for a server', 'onlyuser=TRUE', 'leaf'],
    ['CAs for a CA', 'onlyCA=TRUE', 'ca'],
    ['the place that the certificate names', `fullname=URI:${URL}`, 'leaf'],
  ])('takes a list of %s', async (_, point, whose) => {
    const extensions = `issuingDistributionPoint=critical,@point\n[point]\n${point}`;
    expect(ask(await authority.publish({ extensions }), certificates[whose]())).toMatchObject({
      status: 'revoked',
    });
  });

  it('refuses a list by another issuer, and one that merely bears its name', async () => {
    const stranger = await makeCa('Other CA');
    const impostor = await makeCa('Issuing CA');
    const entries = [encodeEntry(Buffer.from('0080f1', 'hex'), REVOKED_AT)];
    expect(ask(makeCrl({ issuer: stranger, entries }), revoked)).toMatchObject({ fault: 'wrong-signer' });
    expect(ask(makeCrl({ issuer: impostor, entries }), revoked)).toMatchObject({ fault: 'wrong-signer' });
    expect(ask(makeCrl({ issuer, entries }), revoked)).toMatchObject({ status: 'revoked', reason: null });
  });

  it('refuses a list by an issuer that may not sign lists', async () => {
    const value = encodeBitString(Uint8Array.of(0x04), 2);
    const modest = await makeCa('Modest CA', { extensions: [{ type: '2.5.29.15', critical: true, value }] });
    const leaf = await makeLeaf(modest);
    const list = makeCrl({ issuer: modest, entries: [] });
    expect(ask(list, leaf, Date.now(), modest)).toMatchObject({ fault: 'wrong-signer' });
  });

  it.each<[string, string, boolean]>([
    ['the same number', '1f', true],
    ['the same number with needless zeros', '00001f', true],
    ['a longer number that ends alike', '011f', false],
    ['a longer number that begins alike', '1f00', false],
    ['another number', '20', false],
    ['a negative number', '9f', false],
  ])('compares serial numbers as numbers: %s', (_, serial, isHit) => {
    const list = makeCrl({ issuer, entries: [encodeEntry(Buffer.from(serial, 'hex'), REVOKED_AT)] });
    expect(ask(list, good).status).toBe(isHit ? 'revoked' : 'good');
  });

  it('tells 255 from -1', async () => {
    const leaf = await makeLeaf(issuer, { serialNumber: 'ff' });
    const listing = (serial: string) =>
      makeCrl({ issuer, entries: [encodeEntry(Buffer.from(serial, 'hex'), REVOKED_AT)] });
    expect(ask(listing('00ff'), leaf).status).toBe('revoked');
    expect(ask(listing('ff'), leaf).status).toBe('good');
  });

  it('counts a hold as revoked, and an entry that lifts one as none', () => {
    const serial = Uint8Array.of(0x1f);
    const listing = (...reasons: number[]) =>
      makeCrl({ issuer, entries: reasons.map((reason) => encodeEntry(serial, REVOKED_AT, reason)) });
    expect(ask(listing(6), good)).toMatchObject({ status: 'revoked', reason: 'certificateHold' });
    expect(ask(listing(8), good).status).toBe('good');
    expect(ask(listing(8, 1), good)).toMatchObject({ status: 'revoked', reason: 'keyCompromise' });
    expect(ask(listing(7), good)).toMatchObject({ status: 'revoked', reason: null });
  });

  it('finds one of 200,000 entries, whatever their order', () => {
    const serials = Array.from({ length: 200_000 }, (_, at) => {
      const serial = Buffer.alloc(9);
      serial.writeUInt32BE(Math.imul(at, 2_654_435_761) >>> 0, 1);
      serial.writeUInt32BE(at, 5);
      return encodeEntry(serial, REVOKED_AT);
    });
    serials.push(encodeEntry(Uint8Array.of(0x1f), REVOKED_AT));
    const crl = readCrl(makeCrl({ issuer, entries: serials }));
    expect(crl.entries.count).toBe(200_001);
    expect(crl.entries.find(Uint8Array.of(0x1f))).toHaveLength(1);
    expect(crl.entries.find(Uint8Array.of(0x20))).toHaveLength(0);
  });
});

describe('readCrl', () => {
  it('finds every prefix of a list malformed', async () => {
    const list = toDer(await authority.publish());
    for (let length = 0; length < list.length; length++)
      expect(() => readCrl(list.subarray(0, length))).toThrow(DerError);
  });

  it('reads changed bytes or fails cleanly, and never finds them signed', async () => {
    const list = toDer(await authority.publish());
    fc.assert(
      fc.property(fc.nat(list.length - 100), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const changed = Buffer.from(list);
        changed[place] = (changed[place] ?? 0) ^ change;
        try {
          expect(['error', 'revoked']).toContain(ask(changed, revoked).status);
        } catch (error) {
          expect(error).toBeInstanceOf(DerError);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('refuses more bytes than any list has', () => {
    expect(() => readCrl(new Uint8Array(33_554_433))).toThrow(DerError);
  });
});
