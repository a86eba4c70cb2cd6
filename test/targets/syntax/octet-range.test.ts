import { describe, expect, test } from 'vitest';
import { readWord } from '../read-word.js';

describe('an octet range', () => {
  test.each([
    ['192.168.1.10-20', '192.168.1.10-192.168.1.20'],
    ['10.0.0-1.1-254:443', '10.0.0.1-10.0.0.254:443 10.0.1.1-10.0.1.254:443'],
    ['10.0.*.*', '10.0.0.0/16'],
    ['*.*.*.*', '0.0.0.0/0'],
    ['10-11.0.*.0-255', '10.0.0.0/16 11.0.0.0/16'],
    ['10.0.4-7.*', '10.0.4.0/22'],
    ['1-2.3-4.5.6', '1.3.5.6 1.4.5.6 2.3.5.6 2.4.5.6'],
  ])('reads %s as %s', (word, meaning) => {
    expect(readWord(word)).toBe(meaning);
  });

  test.each([
    ['10.0.0-3.1-300', 'is no address range: the last octet is above 255'],
    ['10.0.5-3.1', 'is no address range: the third octet ends before it begins, write 3-5'],
    ['10.0.0.1-', 'is no address range: the last octet is not like 7, 1-254 or *'],
    ['10.0.0.1-2-3', 'is no address range: the last octet is not like 7, 1-254 or *'],
    ['10.0.1*.1', 'is no address range: the third octet is not like 7, 1-254 or *'],
    ['10.0.0-3', 'is no address range: an IPv4 address has four octets, this has 3'],
    ['10.0.0.01-20', 'is ambiguous: write the last octet without leading zero, as 1'],
    ['*.*.*.1', 'means 16,777,216 separate stretches of addresses, more than 262,144'],
  ])('refuses %s, for it %s', (word, problem) => {
    expect(readWord(word)).toContain(`! ${problem}`);
  });
});
