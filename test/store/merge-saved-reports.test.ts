import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeSavedReports } from '../../src/store/merge-saved-reports.js';
import { migrateDatabase } from '../../src/store/migrate-database.js';

interface Row {
  readonly name: string;
  readonly definition: string | null;
  readonly changedAt: number;
}

const rows = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('a', 'b', 'c'),
    definition: fc.constantFrom(null, '{"v":1}', '{"v":2}'),
    changedAt: fc.integer({ min: 0, max: 2 }),
  }),
  { selector: ({ name }) => name },
);

function open() {
  const database = new Database(':memory:');
  migrateDatabase(database, 42);
  database.exec("attach ':memory:' as other");
  database.exec(
    'create table other.saved_report (name text primary key, definition text, changed_at integer not null)',
  );
  const read = () => database.prepare('select * from main.saved_report order by name').all();
  return {
    read,
    merge(here: readonly Row[], there: readonly Row[]): unknown[] {
      for (const [schema, all] of [
        ['main', here],
        ['other', there],
      ] as const) {
        database.exec(`delete from ${schema}.saved_report`);
        const insert = database.prepare(
          `insert into ${schema}.saved_report values (@name, @definition, @changedAt)`,
        );
        for (const row of all) insert.run(row);
      }
      mergeSavedReports(database, 'other');
      expect(mergeSavedReports(database, 'other')).toBe(0);
      return read();
    },
  };
}

describe('merging saved reports', () => {
  it('keeps what was said last of each, in either direction', () => {
    const { merge } = open();
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        expect(merge(a, b)).toEqual(merge(b, a));
      }),
    );
  });

  it('keeps a report removed that was removed later', () => {
    const { merge } = open();
    const saved = { name: 'a', definition: '{}', changedAt: 1 };
    const removed = { name: 'a', definition: null, changedAt: 2 };
    expect(merge([saved], [removed])).toEqual([{ name: 'a', definition: null, changed_at: 2 }]);
  });
});
