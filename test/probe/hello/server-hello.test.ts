import { describe, expect, it } from 'vitest';
import { hasTls13Sentinel, readServerHello } from '../../../src/probe/hello/server-hello.js';
import { expectRobust } from './expect-robust.js';
import { serverHello, uint16 } from './write-records.js';

describe('readServerHello', () => {
  it('reads a hello that has no extensions at all', () => {
    const hello = readServerHello(serverHello(0x0301, 0x002f).subarray(4));
    expect(hello).toMatchObject({
      version: 0x0301,
      cipherSuite: 0x002f,
      compression: 0,
      isRetryRequest: false,
    });
    expect(hello.extensions.size).toBe(0);
  });

  it('believes supported_versions, not the old field', () => {
    const hello = readServerHello(serverHello(0x0303, 0x1301, [[0x2b, uint16(0x0304)]]).subarray(4));
    expect(hello.version).toBe(0x0304);
  });

  it('knows a retry request and the downgrade sentinel by the random', () => {
    const body = Buffer.from(serverHello(0x0303, 0x1301).subarray(4));
    body.set(Buffer.from('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c', 'hex'), 2);
    expect(readServerHello(body).isRetryRequest).toBe(true);
    body.set(Buffer.from('444f574e47524401', 'hex'), 26);
    expect(readServerHello(body).isRetryRequest).toBe(false);
    expect(hasTls13Sentinel(readServerHello(body))).toBe(true);
  });

  it('refuses a session id of more than 32 bytes', () => {
    const body = Buffer.concat([uint16(0x0303), Buffer.alloc(32), Buffer.from([33]), Buffer.alloc(40)]);
    expect(() => readServerHello(body)).toThrow('a session id of 33 bytes');
  });

  it('fails cleanly on prefixes and on garbage', () => {
    const hello = serverHello(0x0303, 0xc02f, [
      [0xff01, Buffer.from([0])],
      [0x2b, uint16(0x0303)],
    ]);
    // Cut off before its extensions, a hello is one of a server that has none.
    expectRobust(hello.subarray(4), readServerHello, { soundPrefixes: [38] });
  });
});
