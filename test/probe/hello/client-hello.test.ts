import { describe, expect, it } from 'vitest';
import { ByteReader } from '../../../src/probe/hello/byte-reader.js';
import { wrapClientHello, writeClientHello } from '../../../src/probe/hello/client-hello.js';
import { discoveryHello } from '../../../src/probe/hello/discovery-hello.js';
import { EXTENSION_TYPE } from '../../../src/probe/hello/extension-type.js';
import type { HelloSpec } from '../../../src/probe/hello/hello-spec.js';
import { readExtensions } from '../../../src/probe/hello/server-hello.js';

const RANDOM = Buffer.from(Array.from({ length: 64 }, (_, index) => index));

const BARE: HelloSpec = {
  serverName: null,
  versions: ['SSLv3'],
  cipherSuites: [0x0004, 0x0005, 0x000a, 0x0009, 0x0003, 0x0008, 0x002f, 0x0035, 0x00ff],
  groups: [],
  keyShares: [],
  signatureSchemes: [],
  plain: true,
};

describe('writeClientHello', () => {
  it('writes an SSLv3 hello to the byte (RFC 6101, section 5.6.1.2)', () => {
    expect(wrapClientHello(BARE, writeClientHello(BARE, RANDOM)).toString('hex')).toBe(
      '160300003d010000390300000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f00001200040005000a000900030008002f003500ff0100',
    );
  });

  it('signals secure renegotiation where there are no extensions', () => {
    const hello = parse(writeClientHello({ ...BARE, cipherSuites: [0x0035] }, RANDOM));
    expect(hello.suites).toEqual([0x0035, 0x00ff]);
    expect(hello.extensions).toBeNull();
  });

  it('sends the server name as one host name', () => {
    const { extensions } = parse(writeClientHello(discoveryHello('compact', 'shop.example'), RANDOM));
    expect(extensions?.get(EXTENSION_TYPE.serverName)?.toString('latin1')).toBe(
      '\x00\x0f\x00\x00\x0cshop.example',
    );
  });

  it('keeps quiet about the name when there is none', () => {
    const { extensions } = parse(writeClientHello(discoveryHello('modern', null), RANDOM));
    expect(extensions?.has(EXTENSION_TYPE.serverName)).toBe(false);
  });

  it('names TLS 1.2 in the old field and the truth in supported_versions', () => {
    const hello = parse(writeClientHello(discoveryHello('modern', null), RANDOM));
    expect(hello.version).toBe(0x0303);
    expect(hello.extensions?.get(EXTENSION_TYPE.supportedVersions)?.toString('hex')).toBe(
      '080304030303020301',
    );
    expect(hello.sessionId.length).toBe(32);
  });

  it('has no TLS 1.3 in a hello for TLS 1.2', () => {
    const hello = parse(writeClientHello(discoveryHello('compact', null), RANDOM));
    expect(hello.extensions?.has(EXTENSION_TYPE.supportedVersions)).toBe(false);
    expect(hello.extensions?.has(EXTENSION_TYPE.keyShare)).toBe(false);
    expect(hello.sessionId.length).toBe(0);
  });

  it('answers a retry with the one share and the cookie', () => {
    const cookie = Buffer.from('cookie');
    const { extensions } = parse(
      writeClientHello(discoveryHello('modern', null), RANDOM, { group: 0x0019, cookie }),
    );
    const share = extensions?.get(EXTENSION_TYPE.keyShare);
    expect(share?.readUInt16BE(2)).toBe(0x0019);
    expect(share?.length).toBe(2 + 2 + 2 + 133);
    expect(extensions?.get(EXTENSION_TYPE.cookie)?.toString('latin1')).toBe('\x00\x06cookie');
  });

  it('adds extensions and compression methods that were asked for', () => {
    const hello = parse(
      writeClientHello(
        {
          ...discoveryHello('compact', null),
          compressionMethods: [1, 0],
          extraExtensions: new Map([[0x000f, Buffer.from([1])]]),
        },
        RANDOM,
      ),
    );
    expect(hello.compressions).toEqual([1, 0]);
    expect(hello.extensions?.get(0x000f)).toEqual(Buffer.from([1]));
  });

  it('never has a length that makes F5 devices hang, and never ends in an empty extension', () => {
    for (let length = 1; length <= 255; length += 1) {
      for (const kind of ['modern', 'compact'] as const) {
        const message = writeClientHello(discoveryHello(kind, 'a'.repeat(length)), RANDOM);
        expect(message.length < 256 || message.length > 511).toBe(true);
        expect([...(parse(message).extensions?.values() ?? [])].at(-1)?.length).toBeGreaterThan(0);
      }
    }
  });

  it('keeps to what old devices can take', () => {
    expect(discoveryHello('wide', null).cipherSuites.length).toBeLessThanOrEqual(128);
    expect(writeClientHello(discoveryHello('compact', null), RANDOM).length).toBeLessThan(256);
    expect(writeClientHello(discoveryHello('plain', null), RANDOM).length).toBeLessThan(256);
  });
});

function parse(message: Buffer) {
  const outer = new ByteReader(message, 'hello');
  expect(outer.uint8()).toBe(1);
  const reader = outer.nested(3, 'hello');
  outer.end();
  const version = reader.uint16();
  expect(reader.take(32)).toEqual(RANDOM.subarray(0, 32));
  const sessionId = reader.vector(1);
  const suiteReader = reader.nested(2, 'suites');
  const suites: number[] = [];
  while (suiteReader.left > 0) suites.push(suiteReader.uint16());
  const compressions = [...reader.vector(1)];
  const extensions = reader.left === 0 ? null : readExtensions(reader, 'hello');
  reader.end();
  return { version, sessionId, suites, compressions, extensions };
}
