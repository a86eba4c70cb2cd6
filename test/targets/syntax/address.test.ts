import { describe, expect, test } from 'vitest';
import { readWord } from '../read-word.js';

describe('an address', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['0.0.0.0', '0.0.0.0'],
    ['255.255.255.255:65535', '255.255.255.255:65535'],
    ['192.0.2.1:443', '192.0.2.1:443'],
    ['192.0.2.1:25/SMTP', '192.0.2.1:25/smtp'],
    ['192.0.2.1:8000-8100', '192.0.2.1:8000-8100'],
    ['192.0.2.1:8000-8100/tls', '192.0.2.1:8000-8100/tls'],
    ['2001:db8::1', '2001:db8::1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:25/smtp', '[2001:db8::1]:25/smtp'],
    ['2001:db8::1:443', '2001:db8::1:443'],
    ['::', '::'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['[::ffff:c000:201]:443', '192.0.2.1:443'],
    ['64:ff9b::192.0.2.1', '64:ff9b::c000:201'],
  ])('reads %s as %s', (word, meaning) => {
    expect(readWord(word)).toBe(meaning);
  });

  test.each([
    ['10.0.0.300', 'is no address: the last octet is above 255'],
    ['300.0.0.1:443', 'is no address: the first octet is above 255'],
    ['10.0.1000.1', 'is no address: the third octet is above 255'],
    ['1.2.3', 'is no address: an IPv4 address has four octets, this has 3'],
    ['1.2.3.4.5', 'is no address: an IPv4 address has four octets, this has 5'],
    ['1..2.3', 'is no address: the second octet is missing'],
    ['443', 'is no address: it is a bare number'],
    ['10.0.0.010', 'is ambiguous: write the last octet without leading zero, as 10'],
    ['fe80::1%eth0', 'has a zone, which means nothing on another machine: leave out "%eth0"'],
    ['[fe80::1%25eth0]:443', 'has a zone'],
    ['1::2::3', 'is no address: "::" may stand only once'],
    ['2001:db8:1', 'is no address: an IPv6 address is eight groups'],
    ['1:2:3:4:5:6:7:8::', 'is no address: an IPv6 address is eight groups'],
    ['2001:db8::12345', 'is no address: an IPv6 address is eight groups'],
    ['2001:db8::1.2.3.256', 'is no address: the last octet is above 255'],
    ['[2001:db8::1', 'is no address: the closing bracket is missing'],
    ['[192.0.2.1]', 'is no address: only IPv6 stands in brackets'],
    ['192.0.2.1:443:25', 'is no address: only IPv6 has more than the colon before the port'],
    ['192.0.2.1:0', 'has no valid port: ports begin at 1'],
    ['192.0.2.1:65536', 'has no valid port: 65536 is above 65535'],
    ['192.0.2.1:', 'has no valid port: "" is not like 443'],
    ['192.0.2.1:https', 'has no valid port: "https" is not like 443'],
    ['192.0.2.1:90-80', 'has a port range that ends before it begins: write 80-90'],
    [':443', 'names no host'],
  ])('refuses %s, for it %s', (word, problem) => {
    expect(readWord(word)).toContain(`! ${problem}`);
  });
});
