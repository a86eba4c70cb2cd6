import { describe, expect, it } from 'vitest';
import {
  readCertificateMessage,
  readTls13CertificateMessage,
} from '../../../src/probe/hello/certificate-message.js';
import { expectRobust } from './expect-robust.js';
import { certificateMessage, uint16, vector } from './write-records.js';

const LEAF = Buffer.from('leaf');
const ISSUER = Buffer.from('issuer');
const OCSP = Buffer.concat([Buffer.from([1]), vector(3, Buffer.from('response'))]);
const STAPLE = vector(2, uint16(5), vector(2, OCSP));
const TLS13 = Buffer.concat([vector(1), vector(3, vector(3, LEAF), STAPLE, vector(3, ISSUER), vector(2))]);

describe('readCertificateMessage', () => {
  it('reads the chain in sent order, strangers and duplicates included', () => {
    const { presentedChain } = readCertificateMessage(certificateMessage(LEAF, ISSUER, LEAF).subarray(4));
    expect(presentedChain.map((der) => Buffer.from(der).toString())).toEqual(['leaf', 'issuer', 'leaf']);
  });

  it('gives each certificate memory of its own', () => {
    const { presentedChain } = readCertificateMessage(certificateMessage(LEAF).subarray(4));
    expect(presentedChain[0]?.buffer.byteLength).toBe(LEAF.length);
  });

  it('reads an empty list as one', () => {
    expect(readCertificateMessage(certificateMessage().subarray(4)).presentedChain).toEqual([]);
  });

  it('refuses a certificate of no bytes', () => {
    expect(() => readCertificateMessage(certificateMessage(Buffer.alloc(0)).subarray(4))).toThrow('no bytes');
  });

  it('refuses more certificates than any chain has', () => {
    const many = certificateMessage(...Array.from({ length: 501 }, () => LEAF)).subarray(4);
    expect(() => readCertificateMessage(many)).toThrow('more than 500');
  });

  it('fails cleanly on prefixes and on garbage', () => {
    expectRobust(certificateMessage(LEAF, ISSUER).subarray(4), readCertificateMessage);
  });
});

describe('readTls13CertificateMessage', () => {
  it('reads the chain and the response stapled to the leaf', () => {
    const { presentedChain, ocspResponse } = readTls13CertificateMessage(TLS13);
    expect(presentedChain.map((der) => Buffer.from(der).toString())).toEqual(['leaf', 'issuer']);
    expect(Buffer.from(ocspResponse ?? []).toString()).toBe('response');
  });

  it('does not take the response of an issuer for that of the leaf', () => {
    const body = Buffer.concat([vector(1), vector(3, vector(3, LEAF), vector(2), vector(3, ISSUER), STAPLE)]);
    expect(readTls13CertificateMessage(body).ocspResponse).toBeNull();
  });

  it('fails cleanly on prefixes and on garbage', () => {
    expectRobust(TLS13, readTls13CertificateMessage);
  });
});
