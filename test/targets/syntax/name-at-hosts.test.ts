import { describe, expect, test } from 'vitest';
import { readWord } from '../read-word.js';

describe('a name at hosts', () => {
  test.each([
    ['shop.example@192.0.2.7:443', 'shop.example@192.0.2.7:443'],
    ['Shop.Example.@192.0.2.7', 'shop.example@192.0.2.7'],
    ['shop.example@[2001:db8::7]:25/smtp', 'shop.example@[2001:db8::7]:25/smtp'],
    ['shop.example@10.0.0.0/24', 'shop.example@10.0.0.0/24'],
    ['shop.example@10.0.0-1.7', 'shop.example@10.0.0.7 shop.example@10.0.1.7'],
    ['shop.example@lb.example:8443', 'shop.example@lb.example:8443'],
  ])('reads %s as %s', (word, meaning) => {
    expect(readWord(word)).toBe(meaning);
  });

  test.each([
    ['192.0.2.1@192.0.2.7', 'has no valid server name left of the "@": "192.0.2.1"'],
    ['@192.0.2.7', 'has no valid server name left of the "@": ""'],
    ['a@b@192.0.2.7', 'has two "@"'],
    ['*.example@192.0.2.7', 'has no valid server name left of the "@"'],
    ['shop.example@', 'names no host'],
    ['shop.example@10.0.0.300', 'is no address: the last octet is above 255'],
  ])('refuses %s, for it %s', (word, problem) => {
    expect(readWord(word)).toContain(`! ${problem}`);
  });
});
