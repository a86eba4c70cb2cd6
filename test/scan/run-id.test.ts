import { describe, expect, it } from 'vitest';
import { makeRunId } from '../../src/scan/run-id.js';

describe('makeRunId', () => {
  it('makes the example of RFC 9562, appendix A.6', () => {
    const random = Buffer.from('000000000000ccc398c4dc0c0c07398f', 'hex');
    expect(makeRunId(new Date('2022-02-22T19:22:22.000Z'), () => random)).toBe(
      '017f22e2-79b0-7cc3-98c4-dc0c0c07398f',
    );
  });

  it('sorts by time', () => {
    const random = () => Buffer.alloc(16, 0xff);
    const earlier = makeRunId(new Date('2026-11-22T10:00:00.000Z'), random);
    const later = makeRunId(new Date('2026-11-22T10:00:00.001Z'), random);
    expect(earlier < later).toBe(true);
  });
});
