import { describe, expect, it } from 'vitest';
import { readCertificateStatus } from '../../../src/probe/hello/certificate-status.js';
import { expectRobust } from './expect-robust.js';
import { vector } from './write-records.js';

const RESPONSE = Buffer.from('response');
const OCSP = Buffer.concat([Buffer.from([1]), vector(3, RESPONSE)]);
const OCSP_MULTI = Buffer.concat([Buffer.from([2]), vector(3, vector(3, RESPONSE), vector(3))]);

describe('readCertificateStatus', () => {
  it.each([
    { name: 'one response', body: OCSP, response: 'response' },
    { name: 'the first of several', body: OCSP_MULTI, response: 'response' },
    {
      name: 'none for the leaf',
      body: Buffer.concat([Buffer.from([2]), vector(3, vector(3))]),
      response: null,
    },
    { name: 'an empty list', body: Buffer.concat([Buffer.from([2]), vector(3)]), response: null },
    { name: 'an empty response', body: Buffer.concat([Buffer.from([1]), vector(3)]), response: null },
    { name: 'another kind of status', body: Buffer.from([9, 1, 2, 3]), response: null },
  ])('reads $name', ({ body, response }) => {
    const read = readCertificateStatus(body);
    expect(read && Buffer.from(read).toString()).toBe(response);
  });

  it.each([OCSP, OCSP_MULTI])('fails cleanly on prefixes and on garbage', (body) => {
    expectRobust(body, readCertificateStatus);
  });
});
