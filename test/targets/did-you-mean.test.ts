import { expect, test } from 'vitest';
import { nearestWord } from '../../src/model/nearest-word.js';
import { didYouMean } from '../../src/targets/did-you-mean.js';

test.each([
  ['smpt', 'smtp'],
  ['SMTP', 'smtp'],
  ['imp', 'imap'],
  ['pop33', 'pop3'],
  ['postgers', 'postgres'],
  ['vcn', null],
  ['nothing', null],
  ['', null],
  ['x'.repeat(1_000_000), null],
])('the word nearest to %.20s is %s', (word, near) => {
  expect(nearestWord(word, ['smtp', 'imap', 'pop3', 'postgres', 'ldap'])).toBe(near);
});

test('a message names the nearest word and all of them', () => {
  expect(didYouMean('wbe', ['web', 'mail'])).toBe(', did you mean "web" (known: web, mail)');
  expect(didYouMean('zzz', ['web', 'mail'])).toBe(' (known: web, mail)');
});
