import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatScriptJson } from '../../../src/report/html/script-json.js';

it('writes JSON without a character of markup, whatever it holds', () => {
  const text = fc.string({ unit: fc.constantFrom(...'<>/&!-"\\scriptCDATA[]') });
  fc.assert(
    fc.property(fc.array(fc.oneof(text, fc.integer(), fc.constant(null))), (value) => {
      const json = formatScriptJson(value);
      expect(json).not.toMatch(/[<>&]/);
      expect(JSON.parse(json)).toEqual(value);
    }),
  );
});
