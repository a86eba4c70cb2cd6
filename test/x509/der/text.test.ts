import { describe, expect, it } from 'vitest';
import { readText } from '../../../src/x509/der/text.js';
import { readDer, TAG } from '../../../src/x509/der.js';
import { encodeDer } from '../../fixtures/encode-der.js';

describe('readText', () => {
  it.each<[name: string, tag: number, content: string, text: string | null, oddities: readonly string[]]>([
    ['ASCII in a UTF8String', TAG.utf8String, '61', 'a', []],
    ['UTF-8 in a UTF8String', TAG.utf8String, 'c3bc', 'ü', []],
    ['a byte order mark as it is', TAG.utf8String, 'efbbbf61', '\ufeffa', []],
    ['broken UTF-8 as Latin-1', TAG.utf8String, 'fc', 'ü', ['not valid UTF-8']],
    ['a PrintableString', TAG.printableString, '44 45', 'DE', []],
    ['UTF-8 in a PrintableString', TAG.printableString, 'c3bc', 'ü', ['outside ASCII']],
    ['a NumericString', TAG.numericString, '3132', '12', []],
    ['a VisibleString', TAG.visibleString, '7e', '~', []],
    ['Latin-1 in an IA5String', TAG.ia5String, 'fc', 'ü', ['outside ASCII', 'not valid UTF-8']],
    ['a TeletexString as Latin-1', TAG.t61String, 'fc', 'ü', ['TeletexString']],
    ['a BMPString', TAG.bmpString, '0061 00fc', 'aü', ['BMPString']],
    ['a BMPString of surrogates', TAG.bmpString, 'd83d de00', '😀', ['BMPString']],
    ['a BMPString cut short', TAG.bmpString, '0061 00', 'a', ['BMPString', 'middle of a character']],
    ['a UniversalString', TAG.universalString, '0001f600', '😀', ['UniversalString']],
    ['what is no character', TAG.universalString, 'ffffffff', '\ufffd', ['UniversalString']],
    ['a NUL, which is kept', TAG.utf8String, '6100', 'a\0', ['NUL']],
    ['control characters, which are kept', TAG.utf8String, '1b5b', '\x1b[', []],
    ['no string', TAG.integer, '01', null, []],
  ])('reads %s', (_name, tag, content, text, oddities) => {
    const element = readDer(encodeDer(tag, Buffer.from(content.replaceAll(' ', ''), 'hex')));
    expect(readText(element, 'it')).toBe(text);
    expect([...element.source.oddities]).toEqual(oddities.map((each) => expect.stringContaining(each)));
  });
});
