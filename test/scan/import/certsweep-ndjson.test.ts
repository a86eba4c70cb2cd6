import { describe, expect, it } from 'vitest';
import { useTemporaryDirectory } from '../../store/temporary-directory.js';
import { exportText } from './exported.js';
import { refusalOf } from './import-fixture.js';
import { importText, makeScanned } from './scanned.js';

const inDirectory = useTemporaryDirectory();

/** Records without what is another one's by nature. */
function withoutRun(ndjson: string): unknown[] {
  return ndjson
    .trim()
    .split('\n')
    .map((line) => ({ ...JSON.parse(line), run: null }));
}

describe('the NDJSON of certsweep', () => {
  it('gives back all that was exported', async () => {
    const scanned = await makeScanned(inDirectory('scanned.db'));
    const text = await exportText(scanned, 'ndjson');
    const imported = await importText(text, inDirectory('export.out'));
    expect(withoutRun(await exportText(imported, 'ndjson'))).toEqual(withoutRun(text));
    expect(await imported.runs()).toMatchObject([
      {
        definition: { origin: 'certsweep-ndjson', file: 'export.out' },
        state: 'completed',
        planSize: 5,
        counts: { tls: 3, refused: 2 },
      },
    ]);
    await Promise.all([scanned.close(), imported.close()]);
  });

  it.each<[string, (record: Record<string, unknown>) => Record<string, unknown>, string]>([
    [
      'an outcome that there is none of',
      (record) => ({ ...record, outcome: 'fine' }),
      '"outcome" is not as certsweep',
    ],
    ['a time that is none', (record) => ({ ...record, observedAt: 'now' }), '"observedAt" is not as'],
    ['no path', ({ path, ...record }) => record, '"path" is not as'],
    [
      'a posture that is none',
      (record) => ({ ...record, posture: { complete: 1 } }),
      '"posture.complete" is not as',
    ],
    [
      'a failure that is none',
      (record) => ({ ...record, outcome: 'reset' }),
      'outcome and failure contradict',
    ],
    [
      'another certificate',
      (record) => ({ ...record, handshake: null }),
      'certificate is not the first of its chain',
    ],
  ])('is refused for %s', async (_, change, problem) => {
    const scanned = await makeScanned(inDirectory('scanned.db'));
    const [line = ''] = (await exportText(scanned, 'ndjson', { withOutcomes: false })).split('\n');
    await scanned.close();
    const text = `${line}\n${JSON.stringify(change(JSON.parse(line)))}\n`;
    const refusal = await refusalOf(text, inDirectory('x.ndjson'));
    expect(refusal).toContain('x.ndjson line 2: the certsweep NDJSON has a record');
    expect(refusal).toContain(problem);
  });
});
