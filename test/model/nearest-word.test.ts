import { describe, expect, it } from 'vitest';
import { nearestWord } from '../../src/model/nearest-word.js';

const KNOWN = ['expired', 'expiring', 'self-signed'];

describe('nearestWord', () => {
  it.each([
    ['self-singed', 'self-signed'],
    ['Expired', 'expired'],
    ['expirng', 'expiring'],
    ['revoked', null],
    ['self', 'self-signed'],
    ['exp', null],
    ['', null],
    ['x'.repeat(100_000), null],
  ])('for %.20j finds %j', (written, meant) => {
    expect(nearestWord(written, KNOWN)).toBe(meant);
  });

  it('does not take a short word for another', () => {
    expect(nearestWord('ab', ['xy', 'ef'])).toBeNull();
  });
});
