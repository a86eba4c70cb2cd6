import { describe, expect, it } from 'vitest';
import { readDer, TAG } from '../../src/x509/der.js';
import { findAttribute, formatName, isSameName, isWithinName, readName } from '../../src/x509/name.js';
import { encodeDer, encodeOid, encodeSequence } from '../fixtures/encode-der.js';
import { encodeName } from '../fixtures/encode-name.js';

const read = (der: Uint8Array) => readName(readDer(der), 'subject');
const written = (text: string) => read(encodeName(text));
const attribute = (oid: string, tag: number, content: string) =>
  encodeSequence(encodeOid(oid), encodeDer(tag, Buffer.from(content)));
const single = (oid: string, tag: number, content: string) =>
  read(encodeSequence(encodeDer(TAG.set, attribute(oid, tag, content))));

const CN = '2.5.4.3';

describe('formatName', () => {
  it('begins with the most specific relative name', () => {
    expect(formatName(written('CN=a, OU=b, O=c, C=DE'))).toBe('CN=a,OU=b,O=c,C=DE');
  });

  it('joins the attributes of one relative name', () => {
    expect(formatName(written('CN=a+serialNumber=7, O=c'))).toBe('CN=a+serialNumber=7,O=c');
  });

  it.each([
    ['', 'CN='],
    ['a,b', 'CN=a\\,b'],
    ['a"b+c;d<e>f\\g', 'CN=a\\"b\\+c\\;d\\<e\\>f\\\\g'],
    [' a ', 'CN=\\ a\\ '],
    [' ', 'CN=\\ '],
    ['#a', 'CN=\\#a'],
    ['a#b', 'CN=a#b'],
    ['a=b', 'CN=a=b'],
    ['a\0b', 'CN=a\\00b'],
    ['\x1b[31m', 'CN=\x1b[31m'],
    ['ü😀', 'CN=ü😀'],
  ])('escapes the value %j', (value, text) => {
    expect(formatName(single(CN, TAG.utf8String, value))).toBe(text);
  });

  it('shows the encoding of types without a name and of values that are no string', () => {
    expect(formatName(single('1.2.3.4', TAG.utf8String, 'a'))).toBe('1.2.3.4=#0c0161');
    expect(formatName(single(CN, TAG.integer, '\x07'))).toBe('CN=#020107');
  });
});

describe('isSameName', () => {
  const name = (...values: readonly string[]) =>
    read(encodeSequence(...values.map((value) => encodeDer(TAG.set, attribute(CN, TAG.utf8String, value)))));

  it.each([
    ['itself', name('A', 'B'), name('A', 'B'), true],
    ['another case', name('Example CA'), name('EXAMPLE ca'), true],
    ['other white space', name('Example CA'), name(' Example   CA '), true],
    ['another string type', name('Example CA'), single(CN, TAG.printableString, 'Example CA'), true],
    ['a full-width form', name('CA'), name('ＣＡ'), true],
    ['a set in another order', written('CN=a+O=b'), read(reversedSet()), true],
    ['another value', name('A'), name('B'), false],
    ['another attribute type', name('A'), written('O=A'), false],
    ['another order of relative names', name('A', 'B'), name('B', 'A'), false],
    ['fewer relative names', name('A', 'B'), name('A'), false],
    ['a value that poses as another attribute', name('A', 'B'), name('A,2.5.4.3=1:B'), false],
    ['a string that looks like an encoding', name('#020107'), single(CN, TAG.integer, '\x07'), false],
    ['a broken name that begins alike', name('A'), brokenName('A'), false],
    ['a copy of a broken name', brokenName('A'), brokenName('A'), true],
  ])('compares with %s', (_name, a, b, expected) => {
    expect(isSameName(a, b)).toBe(expected);
    expect(isSameName(b, a)).toBe(expected);
  });

  function reversedSet(): Uint8Array {
    return encodeSequence(
      encodeDer(TAG.set, attribute('2.5.4.10', TAG.utf8String, 'b'), attribute(CN, TAG.utf8String, 'a')),
    );
  }

  function brokenName(value: string) {
    return read(encodeSequence(encodeDer(TAG.set, attribute(CN, TAG.utf8String, value)), Buffer.of(5, 0)));
  }
});

describe('isWithinName', () => {
  it.each([
    ['CN=a, O=Corp, C=DE', 'O=Corp, C=DE', true],
    ['CN=a, O=CORP, C=DE', 'O=Corp, C=DE', true],
    ['O=Corp, C=DE', 'O=Corp, C=DE', true],
    ['C=DE', 'O=Corp, C=DE', false],
    ['CN=a, O=Other, C=DE', 'O=Corp, C=DE', false],
    ['CN=a', '', true],
  ])('holds %s against %s', (name, base, expected) => {
    expect(isWithinName(written(name), written(base))).toBe(expected);
  });
});

describe('findAttribute', () => {
  it('finds the most specific value, and none where it is no text', () => {
    expect(findAttribute(written('CN=specific, CN=general'), CN)).toBe('specific');
    expect(findAttribute(written('O=Corp'), CN)).toBeNull();
    expect(findAttribute(single(CN, TAG.integer, '\x07'), CN)).toBeNull();
  });
});
