import fc from 'fast-check';
import { expect, it } from 'vitest';
import { escapeContentText, formatContentLine } from '../../../src/report/ics/content-line.js';

it('folds at 75 octets, and never within a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'ö', '例', '🙂'), maxLength: 300 }), (value) => {
      const line = formatContentLine('SUMMARY', value);
      for (const part of line.slice(0, -2).split('\r\n')) {
        expect(Buffer.byteLength(part)).toBeLessThanOrEqual(75);
        expect(part).not.toContain('\ufffd');
      }
      expect(line.replaceAll('\r\n ', '')).toBe(`SUMMARY:${value}\r\n`);
    }),
  );
});

it('escapes what ends a text', () => {
  expect(escapeContentText('a;b,c\\d\ne:"f"')).toBe('a\\;b\\,c\\\\d\\ne:"f"');
});
