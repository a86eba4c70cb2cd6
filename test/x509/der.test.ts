import { describe, expect, it } from 'vitest';
import {
  contentOf,
  encodingOf,
  readChildren,
  readDer,
  readWrapped,
  requireTag,
  TAG,
} from '../../src/x509/der.js';
import { DerError } from '../../src/x509/der-error.js';
import { toHex } from '../../src/x509/hex.js';

const fromHex = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');

describe('readDer', () => {
  it.each([
    ['a short length', '04 02 abcd', 'abcd', []],
    ['no content', '05 00', '', []],
    ['a long length in more octets than needed', '04 82 0002 abcd', 'abcd', ['BER']],
    ['a long length for a short content', '04 81 02 abcd', 'abcd', ['BER']],
    ['bytes behind it', '04 01 ab cdef', 'ab', ['2 bytes follow']],
    ['an indefinite length', '30 80 0500 0000', '0500', ['indefinite']],
    [
      'nested indefinite lengths',
      '30 80 3080 0500 0000 0401ff 0000',
      '308005000000' + '0401ff',
      ['indefinite'],
    ],
    [
      'zeros that are content of what an indefinite length holds',
      '30 80 0402 0000 0000',
      '04020000',
      ['indefinite'],
    ],
  ])('reads an element with %s', (_name, hex, content, oddities) => {
    const element = readDer(fromHex(hex));
    expect(toHex(contentOf(element))).toBe(content);
    expect([...element.source.oddities]).toEqual(oddities.map((each) => expect.stringContaining(each)));
  });

  it.each([
    ['nothing', ''],
    ['a tag alone', '30'],
    ['a length without its octets', '30 82 01'],
    ['a content cut short', '30 03 0500'],
    ['a multi-byte tag', '3f 81 00 00'],
    ['a length of five octets', '04 85 0000000001 ff'],
    ['an indefinite length that never ends', '30 80 0500'],
    ['an indefinite length of a primitive element', '04 80 0000'],
    ['indefinite lengths nested without end', '3080'.repeat(5000)],
  ])('refuses %s', (_name, hex) => {
    expect(() => readDer(fromHex(hex))).toThrow(DerError);
  });

  it('reads no further than a view goes', () => {
    const memory = fromHex('ffff 0401ab ffff');
    expect(toHex(encodingOf(readDer(memory.subarray(2, 5))))).toBe('0401ab');
    expect(() => readDer(memory.subarray(2, 4))).toThrow(DerError);
  });
});

describe('readChildren', () => {
  it('reads a list', () => {
    const children = readChildren(readDer(fromHex('30 05 0500 020107')));
    expect(children.map(({ tag }) => tag)).toEqual([TAG.null, TAG.integer]);
  });

  it('refuses an element that reaches beyond the list', () => {
    expect(() => readChildren(readDer(fromHex('30 02 0401 ff')))).toThrow('ends early');
  });

  it('refuses more elements than any certificate has', () => {
    const content = Buffer.alloc(2 * 70_000, Buffer.from([5, 0]));
    const header = Buffer.from([
      0x30,
      0x83,
      content.length >> 16,
      (content.length >> 8) & 255,
      content.length & 255,
    ]);
    expect(() => readChildren(readDer(Buffer.concat([header, content])))).toThrow('more than 65536 elements');
  });
});

describe('readWrapped', () => {
  it('reads what an octet string holds and notes the rest', () => {
    const wrapper = readDer(fromHex('04 04 020107 00'));
    expect(readWrapped(wrapper).tag).toBe(TAG.integer);
    expect([...wrapper.source.oddities]).toEqual(['1 byte follows the end of the data']);
  });
});

describe('requireTag', () => {
  it('names what is missing, and both tags where they differ', () => {
    expect(() => requireTag(undefined, TAG.sequence, 'the key')).toThrow('the key is missing');
    expect(() => requireTag(readDer(fromHex('0500')), TAG.sequence, 'the key')).toThrow(
      'the key has tag 0x05, expected 0x30',
    );
  });
});
