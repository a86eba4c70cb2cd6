import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatTarget } from '../../src/targets/format-target.js';
import { parseTargets } from '../../src/targets/parse-targets.js';
import { PROTOCOL_TABLE } from './protocol-table.js';
import { targetArbitrary } from './target-arbitrary.js';

test('a target written as text reads back as the same target', () => {
  fc.assert(
    fc.property(targetArbitrary, (target) => {
      const text = formatTarget(target);
      const read = parseTargets({ text, source: 'argument 1', isFile: false }, { protocols: PROTOCOL_TABLE });
      expect(read).toEqual([{ ...target, text, origin: { place: 'argument 1' } }]);
    }),
    { numRuns: 1000 },
  );
});

test('several port ranges give a word each', () => {
  const hosts = { family: 6, first: 0n, last: 0xffn } as const;
  const ports = [
    { first: 25, last: 25, protocol: 'smtp' },
    { first: 8000, last: 8100 },
  ];
  expect(formatTarget({ hosts, ports, serverName: 'a.example' })).toBe(
    'a.example@[::]/120:25/smtp a.example@[::]/120:8000-8100',
  );
});
