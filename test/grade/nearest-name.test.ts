import { describe, expect, it } from 'vitest';
import { findNearestName } from '../../src/grade/nearest-name.js';

const KNOWN = ['expired', 'expiring', 'self-signed'];

describe('findNearestName', () => {
  it.each([
    ['self-singed', 'self-signed'],
    ['Expired', 'expired'],
    ['expirng', 'expiring'],
    ['revoked', null],
    ['', null],
    ['x'.repeat(100_000), null],
  ])('for %.20j finds %j', (written, meant) => {
    expect(findNearestName(written, KNOWN)).toBe(meant);
  });

  it('does not take a short word for another', () => {
    expect(findNearestName('ab', ['xy', 'ef'])).toBeNull();
  });
});
