import { describe, expect, it } from 'vitest';
import { smallOrderPoint } from '../../../../src/x509/keys/tests/small-order-point.js';
import { encodeKey } from '../../encode-certificate.js';
import { readKey } from '../read-key.js';
import { SOUND_KEYS } from '../sound-keys.js';

const NONE = Buffer.of();
const ed25519 = (hex: string) => readKey(encodeKey('1.3.101.112', NONE, Buffer.from(hex, 'hex')));
const ed448 = (hex: string) => readKey(encodeKey('1.3.101.113', NONE, Buffer.from(hex, 'hex')));

describe('smallOrderPoint', () => {
  it.each([
    ['order 1', `01${'00'.repeat(31)}`],
    ['order 2', `ec${'ff'.repeat(30)}7f`],
    ['order 4', '00'.repeat(32)],
    ['order 4, with the other sign', `${'00'.repeat(31)}80`],
    ['order 8', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'],
    ['order 8, with the other sign', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85'],
    ['order 8, its negative y', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'],
    ['order 4, with a y that is not reduced', `ed${'ff'.repeat(30)}7f`],
    ['order 1, with a y that is not reduced', `ee${'ff'.repeat(30)}7f`],
  ])('finds a point of edwards25519 of %s', (_name, hex) => {
    expect(smallOrderPoint.run(ed25519(hex))?.severity).toBe('critical');
  });

  it.each([
    ['order 1', `01${'00'.repeat(56)}`],
    ['order 2', `${'fe'}${'ff'.repeat(27)}fe${'ff'.repeat(27)}00`],
    ['order 4', '00'.repeat(57)],
  ])('finds a point of edwards448 of %s', (_name, hex) => {
    expect(smallOrderPoint.run(ed448(hex))?.severity).toBe('critical');
  });

  it('accepts the base point and sound keys', () => {
    expect(smallOrderPoint.run(ed25519(`58${'66'.repeat(31)}`))).toBeNull();
    for (const [, key] of SOUND_KEYS) expect(smallOrderPoint.run(key)).toBeNull();
  });

  it('says nothing of keys of another length', () => {
    expect(smallOrderPoint.run(ed25519('00'.repeat(10_000)))).toBeNull();
  });
});
