import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ExternalSorter } from '../../src/report/external-sorter.js';

it('sorts as memory would, however small the runs, and keeps the order of equals', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom('', 'a', 'b', 'ä\n\t', '\ud800'), fc.string({ unit: 'binary' })), {
        maxLength: 40,
      }),
      fc.constantFrom(1, 30, 1000),
      async (items, runCharacters) => {
        const sorter = new ExternalSorter<{ readonly text: string; readonly index: number }>(runCharacters);
        try {
          for (const [index, [key, text]] of items.entries()) await sorter.add(key, { text, index });
          const sorted: unknown[] = [];
          for await (const { key, item } of sorter.sorted()) sorted.push({ key, ...item });
          const expected = items
            .map(([key, text], index) => ({ key, text, index }))
            .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.index - b.index));
          expect(sorted).toEqual(expected);
        } finally {
          await sorter.close();
        }
      },
    ),
  );
});
