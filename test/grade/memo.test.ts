import { describe, expect, it } from 'vitest';
import { createMemo } from '../../src/grade/memo.js';

describe('createMemo', () => {
  it('gives back what was kept', () => {
    const memo = createMemo<number>(100);
    memo.set('a', 1, 1);
    expect(memo.get('a')).toBe(1);
    expect(memo.get('b')).toBeUndefined();
  });

  it('forgets the least recently used when the weights exceed the capacity', () => {
    const memo = createMemo<number>(160);
    for (let i = 0; i < 16; i++) memo.set(`k${i}`, i, 10);
    memo.get('k0');
    memo.set('k16', 16, 10);
    expect(memo.get('k1')).toBeUndefined();
    expect(memo.get('k0')).toBe(0);
    expect(memo.get('k16')).toBe(16);
  });

  it('counts a replaced value once', () => {
    const memo = createMemo<number>(160);
    for (let i = 0; i < 1000; i++) memo.set('same', i, 10);
    for (let i = 0; i < 15; i++) memo.set(`k${i}`, i, 10);
    expect(memo.get('same')).toBe(999);
    expect(memo.get('k0')).toBe(0);
  });

  it('does not keep one giant in place of all others', () => {
    const memo = createMemo<number>(160);
    memo.set('small', 1, 10);
    memo.set('giant', 2, 11);
    expect(memo.get('small')).toBe(1);
    expect(memo.get('giant')).toBeUndefined();
  });
});
