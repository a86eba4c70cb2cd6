import { describe, expect, it } from 'vitest';
import { exchangeSslv2Hello } from '../../../src/probe/hello/exchange-sslv2-hello.js';
import { SSLV2_CIPHER_KINDS } from '../../../src/probe/hello/sslv2-cipher-kinds.js';
import { ProbeFailure } from '../../../src/probe/probe-failure.js';
import { MemoryStream } from '../memory-stream.js';
import { sslv2ServerHello } from './sslv2-server-hello.js';
import { alertRecord } from './write-records.js';

const CERTIFICATE = Buffer.from('certificate');

describe('exchangeSslv2Hello', () => {
  it('sends a true SSLv2 hello with every cipher kind', async () => {
    const stream = new MemoryStream([sslv2ServerHello(CERTIFICATE, [0x010080])]);
    await exchangeSslv2Hello(stream);
    const [hello = Buffer.alloc(0)] = stream.written;
    expect(hello.readUInt16BE(0)).toBe(0x8000 + hello.length - 2);
    expect(hello.subarray(2, 11).toString('hex')).toBe(
      `010002${(3 * SSLV2_CIPHER_KINDS.size).toString(16).padStart(4, '0')}00000010`,
    );
  });

  it.each([false, true])('reads certificate and cipher kinds (padded: %s)', async (padded) => {
    const stream = new MemoryStream([sslv2ServerHello(CERTIFICATE, [0x0700c0, 0x020080], padded)]);
    const { certificate, cipherKinds } = await exchangeSslv2Hello(stream);
    expect(Buffer.from(certificate ?? [])).toEqual(CERTIFICATE);
    expect(cipherKinds).toEqual([0x0700c0, 0x020080]);
  });

  it('takes a greeting without cipher kinds for SSLv2 all the same', async () => {
    const stream = new MemoryStream([sslv2ServerHello(Buffer.alloc(0), [])]);
    expect(await exchangeSslv2Hello(stream)).toEqual({ certificate: null, cipherKinds: [] });
  });

  it.each([
    {
      name: 'an SSLv2 error',
      bytes: Buffer.from('8003000001', 'hex'),
      outcome: 'alert',
      code: 'sslv2_no_cipher',
    },
    { name: 'a TLS alert', bytes: alertRecord(2, 70), outcome: 'alert', code: 'protocol_version' },
    { name: 'HTTP', bytes: Buffer.from('HTTP/1.1 400 Bad Request\r\n'), outcome: 'not-tls', code: 'not-tls' },
    {
      name: 'a TLS handshake record',
      bytes: Buffer.from('1603010000', 'hex'),
      outcome: 'not-tls',
      code: 'not-tls',
    },
    { name: 'another version', bytes: withVersion(3), outcome: 'malformed', code: 'malformed' },
    { name: 'nothing', bytes: Buffer.alloc(0), outcome: 'closed', code: 'closed' },
  ])('fails truthfully on $name', async ({ bytes, outcome, code }) => {
    await expect(exchangeSslv2Hello(new MemoryStream([bytes]))).rejects.toMatchObject({ outcome, code });
  });

  it('fails cleanly on every prefix', async () => {
    const valid = sslv2ServerHello(CERTIFICATE, [0x010080]);
    for (let length = 0; length < valid.length; length += 1) {
      const stream = new MemoryStream([valid.subarray(0, length)]);
      await expect(exchangeSslv2Hello(stream)).rejects.toThrow(ProbeFailure);
    }
  });
});

function withVersion(version: number): Buffer {
  const bytes = sslv2ServerHello(CERTIFICATE, []);
  bytes.writeUInt16BE(version, 5);
  return bytes;
}
