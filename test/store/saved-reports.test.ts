import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { SavedReport } from '../../src/model/saved-report.js';
import { openInventory } from '../../src/store/inventory.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory('test');
const REPORT: SavedReport = {
  name: 'expiring',
  title: null,
  of: 'certificates',
  fields: null,
  where: 'expires < 30d',
  sort: null,
  limit: null,
  outcomes: false,
  format: 'csv',
  out: '{name}.csv',
  schedule: '0 7 * * 1',
  recipients: ['a@example.org'],
};
const AT = '2026-11-22T10:00:00.000Z';

describe('saved reports', () => {
  it('are saved, replaced and removed by name', async () => {
    const inventory = openInventory(inDirectory('inventory.db'), { create: true });
    await inventory.saveReport(REPORT, AT);
    await inventory.saveReport({ ...REPORT, name: 'all', where: null }, AT);
    await inventory.saveReport({ ...REPORT, limit: 5 }, AT);
    expect(await inventory.savedReports()).toEqual([
      { ...REPORT, name: 'all', where: null },
      { ...REPORT, limit: 5 },
    ]);
    expect(await inventory.removeReport('expiring', AT)).toBe(true);
    expect(await inventory.removeReport('expiring', AT)).toBe(false);
    expect((await inventory.savedReports()).map(({ name }) => name)).toEqual(['all']);
    await inventory.saveReport(REPORT, '2020-01-01T00:00:00.000Z');
    expect(await inventory.savedReports()).toHaveLength(2);
    await inventory.close();
  });

  it('that another hand has written badly are told in one line', async () => {
    const file = inDirectory('inventory.db');
    const inventory = openInventory(file, { create: true });
    const database = new Database(file);
    database.exec(`insert into saved_report values ('odd', '{"of":"passwords"}', 0)`);
    database.close();
    await expect(inventory.savedReports()).rejects.toThrow(
      'the saved report "odd" cannot be read: remove it',
    );
    expect(await inventory.removeReport('odd', AT)).toBe(true);
    await inventory.close();
  });
});
