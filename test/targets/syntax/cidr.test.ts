import { describe, expect, test } from 'vitest';
import { readWord } from '../read-word.js';

describe('a network', () => {
  test.each([
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['10.64.44.1/24', '10.64.44.0/24'],
    ['10.64.44.1/32:443', '10.64.44.1:443'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['192.0.2.0/31:25/smtp', '192.0.2.0/31:25/smtp'],
    ['2001:db8::5/120', '2001:db8::/120'],
    ['[2001:db8::]/120:443', '[2001:db8::]/120:443'],
    ['[2001:db8::/120]:443', '[2001:db8::]/120:443'],
    ['::ffff:10.0.0.0/104', '10.0.0.0/8'],
    ['::/64', '::-::fffe:ffff:ffff 0.0.0.0/0 ::1:0:0:0-::ffff:ffff:ffff:ffff'],
  ])('reads %s as %s', (word, meaning) => {
    expect(readWord(word)).toBe(meaning);
  });

  test.each([
    ['10.0.0.0/33', 'has no valid prefix length: an IPv4 address has 32 bits, not 33'],
    ['2001:db8::/129', 'has no valid prefix length: an IPv6 address has 128 bits, not 129'],
    ['10.0.0.0/', 'has no valid prefix length: "" is not a number from 0 to 32'],
    ['10.0.0.0/24/8', 'has no valid prefix length: "24/8"'],
    ['10.0.0.0/255.255.240.0', 'has a netmask: write its prefix length, /20'],
    ['10.0.0.0/0.0.0.0', 'has a netmask: write its prefix length, /0'],
    ['10.0.0.0/255.0.255.0', 'has no valid prefix length'],
    ['10.0.0.300/24', 'is no address: the last octet is above 255'],
    ['10.0.0/8', 'is no address: an IPv4 address has four octets, this has 3'],
    [
      'example.org/login',
      'is no network: only an address takes a prefix length; for a host name write "example.org"',
    ],
  ])('refuses %s, for it %s', (word, problem) => {
    expect(readWord(word)).toContain(`! ${problem}`);
  });
});
