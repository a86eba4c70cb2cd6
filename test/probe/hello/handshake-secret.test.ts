import { describe, expect, it } from 'vitest';
import { expandLabel, messageHash } from '../../../src/probe/hello/handshake-secret.js';

// The vectors of RFC 8448, section 3 (Simple 1-RTT Handshake).
const HANDSHAKE_SECRET = '1dc826e93606aa6fdc0aadc12f741b01046aa6b99f691ed221a9f0ca043fbeac';
const TRANSCRIPT_HASH = '860c06edc07858ee8e78f0e7428c58edd6b43f2ca3e6e95f02ed063cf0e1cad8';
const SERVER_SECRET = 'b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38';

describe('expandLabel', () => {
  it('derives the server secret of RFC 8448 from handshake secret and transcript', () => {
    const secret = expandLabel(
      'sha256',
      Buffer.from(HANDSHAKE_SECRET, 'hex'),
      's hs traffic',
      32,
      Buffer.from(TRANSCRIPT_HASH, 'hex'),
    );
    expect(secret.toString('hex')).toBe(SERVER_SECRET);
  });

  it('derives key and IV of RFC 8448 from the server secret', () => {
    const secret = Buffer.from(SERVER_SECRET, 'hex');
    expect(expandLabel('sha256', secret, 'key', 16).toString('hex')).toBe('3fce516009c21727d0f2e4e86ee403bc');
    expect(expandLabel('sha256', secret, 'iv', 12).toString('hex')).toBe('5d313eb2671276ee13000b30');
  });
});

describe('messageHash', () => {
  it('is a message of its own type around the hash', () => {
    expect(messageHash('sha384', Buffer.alloc(0)).subarray(0, 4).toString('hex')).toBe('fe000030');
  });
});
