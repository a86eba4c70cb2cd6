import { describe, expect, test } from 'vitest';
import { readWord } from '../read-word.js';

describe('a host name', () => {
  test.each([
    ['localhost', 'localhost'],
    ['Mail.Example.ORG', 'mail.example.org'],
    ['mail.example.org.:587', 'mail.example.org:587'],
    ['mail.example.org:25/smtp', 'mail.example.org:25/smtp'],
    ['_dmarc.my_host.example', '_dmarc.my_host.example'],
    ['b\u{fc}cher.example', 'xn--bcher-kva.example'],
    ['\u{4f8b}\u{3048}\u{3002}jp:443', 'xn--r8jz45g.jp:443'],
    ['ip-10-0-0-1.internal', 'ip-10-0-0-1.internal'],
    ['3com.example', '3com.example'],
    ['10.0.0.1o', '10.0.0.1o'],
    ['*.lab.example', '*.lab.example'],
  ])('reads %s as %s', (word, meaning) => {
    expect(readWord(word)).toBe(meaning);
  });

  test.each([
    ['-x.example', 'is no host name: a label does not begin or end with a hyphen'],
    ['x..example', 'is no host name: there is nothing between two dots'],
    ['.', 'is no address'],
    ['a"b', 'is no host name: letters, digits, hyphens, underscores and dots make one'],
    ['w*.example', 'is no host name: "*" may only stand alone'],
    ['foo.123', 'is neither an address nor a host name: the last label of a host name is not a number'],
    ['0x7f.0x1', 'is neither an address nor a host name'],
    ['\u{ff11}\u{ff10}.0.0.1', 'is neither an address nor a host name'],
    [`${'a'.repeat(64)}.example`, 'is no host name: a label is longer than 63 characters'],
    ['a.'.repeat(128), 'is no host name: it is longer than 253 characters'],
    ['exam\u{200b}ple.org', 'has an invisible character (U+200B)'],
    ['\u{202e}gro.example', 'has an invisible character (U+202E)'],
  ])('refuses %s, for it %s', (word, problem) => {
    expect(readWord(word)).toContain(`! ${problem}`);
  });
});
