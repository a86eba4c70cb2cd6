import { describe, expect, it } from 'vitest';
import { useTemporaryDirectory } from '../../store/temporary-directory.js';
import { exportText } from './exported.js';
import { refusalOf } from './import-fixture.js';
import { importText, makeScanned } from './scanned.js';

const inDirectory = useTemporaryDirectory();

describe('the CSV of certsweep', () => {
  it.each([[{ bom: false }], [{ bom: true }]])(
    'gives back what the columns tell, with %o',
    async (options) => {
      const scanned = await makeScanned(inDirectory('scanned.db'));
      const text = await exportText(scanned, 'csv', { ...options, withOutcomes: false });
      const imported = await importText(text, inDirectory('export.out'));
      expect(await exportText(imported, 'csv', { ...options, withOutcomes: false })).toBe(text);
      expect(await imported.runs()).toMatchObject([
        { definition: { origin: 'certsweep-csv' }, counts: { tls: 3 } },
      ]);
      await Promise.all([scanned.close(), imported.close()]);
    },
  );

  it('is read with semicolons and without seconds, as spreadsheets save it again', async () => {
    const scanned = await makeScanned(inDirectory('scanned.db'));
    const text = await exportText(scanned, 'csv', { withOutcomes: false });
    const changed = text.split('\r\n').map((line) => (line.includes('"') ? '' : line.replaceAll(',', ';')));
    const [header = ''] = changed;
    const row = `192.0.2.7;443;a.example;Good;2026-12-01 00:00;;;;;;;;2026-11-22 10:00;;;;;;;;${'AB:'.repeat(31)}AB`;
    const imported = await importText(`${header}\n${row}\n`, inDirectory('export.out'));
    expect(await exportText(imported, 'csv', { withOutcomes: false })).toContain('2026-12-01 00:00:00');
    await Promise.all([scanned.close(), imported.close()]);
  });

  it.each<[string, (text: string) => string, string]>([
    [
      'a status that there is none of',
      (text) => text.replace(/,(?:Warning|Good|Expired),/, ',Fine,'),
      'line 2: the certsweep CSV has a status',
    ],
    [
      'a fingerprint that is none',
      (text) => text.replace(/(?:[0-9A-F]{2}:){31}/, '12:'),
      'has a fingerprint',
    ],
    [
      'times that a spreadsheet has changed',
      (text) => text.replace(/\d{4}-\d\d-\d\d /, '22.11.26 '),
      'a spreadsheet may',
    ],
    [
      'columns that are missing',
      (text) => text.replace('Last Scan', 'Last'),
      'line 1: the certsweep CSV lacks the columns lastScan',
    ],
    ['half a row', (text) => text.slice(0, text.lastIndexOf('"')), 'ends within a quoted cell'],
  ])('is refused for %s', async (_, change, problem) => {
    const scanned = await makeScanned(inDirectory('scanned.db'));
    const text = await exportText(scanned, 'csv', { withOutcomes: false });
    await scanned.close();
    expect(await refusalOf(change(text), inDirectory('x.csv'))).toContain(problem);
  });
});
