import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/model/usage-error.js';
import { parseKeyList } from '../../../src/x509/keys/parse-key-list.js';

const digest = (hex: string) => Buffer.from(hex, 'hex');

describe('parseKeyList', () => {
  it.each([
    ['a line of openssl-blacklist', 'b7ead9492dfd921fc4f9'],
    ['capitals, white space and a comment', '  B7EAD9492DFD921FC4F9 # le64 1000\r'],
    ['a whole SHA-1', 'a6d0fdec21d718b7f75eb7ead9492dfd921fc4f9'],
    ['the words of a generator before the SHA-1', '1000 le64 nornd a6d0fdec21d718b7f75eb7ead9492dfd921fc4f9'],
  ])('reads %s', (_name, line) => {
    const list = parseKeyList(`# weak keys\n\n${line}\n00000000000000000000`, 'weak.txt');
    expect(list.size).toBe(2);
    expect(list.name).toBe('weak.txt');
    expect(list.has(digest('b7ead9492dfd921fc4f9'))).toBe(true);
    expect(list.has(digest('b7ead9492dfd921fc4f8'))).toBe(false);
    expect(list.has(digest('ffffffffffffffffffff'))).toBe(false);
  });

  it('finds every line of a long list, sorted or not', () => {
    const lines = Array.from({ length: 5000 }, (_, i) => ((i * 7919) % 5000).toString(16).padStart(20, 'f'));
    const list = parseKeyList(lines.join('\n'), 'weak.txt');
    expect(lines.every((line) => list.has(digest(line)))).toBe(true);
  });

  it('reads an empty file as a list of nothing', () => {
    expect(parseKeyList('', 'weak.txt').has(digest('00000000000000000000'))).toBe(false);
  });

  it.each([
    ['a short line', 'b7ead9492dfd921fc4f'],
    ['a line between the two lengths', 'b7ead9492dfd921fc4f9a6d0fdec21'],
    ['a SHA-256', '31c152529eb033a010f8c272fd8d42b0a9bde378ae56982058985be84a743cea'],
    ['no digits', 'weak'],
  ])('refuses %s, and names the line', (_name, line) => {
    expect(() => parseKeyList(`# one\n${line}\n`, 'weak.txt')).toThrow(UsageError);
    expect(() => parseKeyList(`# one\n${line}\n`, 'weak.txt')).toThrow(/^weak\.txt line 2: /);
  });
});
