import { describe, expect, test } from 'vitest';
import { readWord } from '../read-word.js';

describe('a range', () => {
  test.each([
    ['192.168.12.0-192.168.13.255', '192.168.12.0/23'],
    ['192.168.12.1-192.168.13.255:443', '192.168.12.1-192.168.13.255:443'],
    ['192.0.2.7-192.0.2.7', '192.0.2.7'],
    ['2001:db8::1-2001:db8::ff', '2001:db8::1-2001:db8::ff'],
    ['[2001:db8::1]-[2001:db8::ff]:443', '[2001:db8::1]-[2001:db8::ff]:443'],
    ['[2001:db8::1-2001:db8::ff]:443', '[2001:db8::1]-[2001:db8::ff]:443'],
    ['::ffff:10.0.0.1-::ffff:10.0.0.9', '10.0.0.1-10.0.0.9'],
  ])('reads %s as %s', (word, meaning) => {
    expect(readWord(word)).toBe(meaning);
  });

  test.each([
    ['10.0.0.9-10.0.0.1', 'is no range: it ends before it begins, write 10.0.0.1-10.0.0.9'],
    ['10.0.0.1-10.0.0.256', 'is no address: the last octet is above 255'],
    ['10.0.0.1-10.0.1', 'is no address: an IPv4 address has four octets, this has 3'],
    ['10.0.0.1-2001:db8::1', 'is no range: one end is IPv4 and the other IPv6'],
    ['10.0.0.1\u{2013}10.0.0.9', 'has a "\u{2013}" (U+2013) that only looks like a dash: type a plain "-"'],
    ['fe80::1%a-fe80::2%a', 'has a zone'],
  ])('refuses %s, for it %s', (word, problem) => {
    expect(readWord(word)).toContain(`! ${problem}`);
  });
});
