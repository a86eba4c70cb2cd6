import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openInventory } from '../../../src/store/inventory.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../fixtures/temporary-folder.js';
import { makeEndpoint, makeFacts, makeRun, makeTls } from '../../store/sample-observation.js';
import { runCli } from '../run-cli.js';

const NOW = '2026-11-22T12:00:00Z';

let folder: TemporaryFolder;
let db: string;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  db = folder.file('inventory.db');
  const inventory = openInventory(db, { create: true });
  await inventory.startRun(makeRun());
  const later = makeFacts('later', { notAfter: '2027-11-01T00:00:00.000Z' });
  await inventory.saveBatch([
    makeTls(makeEndpoint({ address: '10.0.0.1' }), ['soon']),
    makeTls(makeEndpoint({ address: '10.0.0.2' }), ['soon']),
    makeTls(makeEndpoint({ address: '10.0.0.3' }), ['later'], { judgement: { presented: [later] } }),
  ]);
  await inventory.close();
});

afterAll(() => folder.remove());

async function report(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli(['report', ...args, '--db', db]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

describe('certsweep report', () => {
  it('saves reports, writes them, shows and removes them', async () => {
    const out = folder.file('{name}-{date}.csv');
    expect(
      await report(
        'add',
        'soon',
        '--where',
        'expires < 30d',
        '--fields',
        'commonName,endpoints,deployments',
        '--out',
        out,
        '--schedule',
        '0 7 * * 1',
        '--recipients',
        'a@example.org,b@example.org',
      ),
    ).toBe('saved soon\n');
    await report(
      'add',
      'ports',
      '--of',
      'endpoints',
      '--fields',
      'address',
      '--sort',
      'address',
      '--limit',
      '2',
      '--out',
      out,
    );
    const file = folder.file('soon-2026-11-22.csv');
    expect(await report('run', '--all', '--now', NOW)).toBe(
      `${folder.file('ports-2026-11-22.csv')}\n${file}\n`,
    );
    expect(await readFile(file, 'utf8')).toBe(
      'Common Name,Endpoints,Deployments\r\nsoon.example,2,10.0.0.1:443; 10.0.0.2:443\r\n',
    );
    expect(await readFile(folder.file('ports-2026-11-22.csv'), 'utf8')).toBe(
      'Address\r\n10.0.0.1\r\n10.0.0.2\r\n',
    );
    expect(await report('run', 'soon', '--out', '-', '--now', NOW)).toContain('soon.example,2');
    expect(await report('list')).toMatch(/^ports .*\nsoon .*0 7 \* \* 1 +a@example.org, b@example.org$/m);
    expect(JSON.parse(await report('list', '--json'))).toMatchObject([
      { name: 'ports', of: 'endpoints', limit: 2 },
      { name: 'soon', recipients: ['a@example.org', 'b@example.org'] },
    ]);
    expect(await report('show', 'soon')).toMatch(/^where +expires < 30d$/m);
    expect(await report('remove', 'ports')).toBe('removed ports\n');
    expect(JSON.parse(await report('list', '--json'))).toHaveLength(1);
  });

  it.each([
    ['html', '<title>Lab &amp; &lt;Box&gt;</title>'],
    ['html', '<h1>Lab &amp; &lt;Box&gt;</h1>'],
    ['markdown', '# Lab \\& \\<Box\\>'],
    ['ics', 'X-WR-CALNAME:Lab & <Box>'],
  ])('puts the title over %s: %s', async (format, heading) => {
    const as = ['--of', 'endpoints', '--format', format, '--replace'];
    await report('add', 'titled', '--title', 'Lab & <Box>', ...as);
    expect(await report('run', 'titled', '--out', '-')).toContain(heading);
    await report('remove', 'titled');
  });

  it('replaces a report only when told to', async () => {
    await report('add', 'twice');
    const again = await runCli(['report', 'add', 'twice', '--db', db]);
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('--replace') });
    expect(await report('add', 'twice', '--replace', '--limit', '1')).toBe('replaced twice\n');
  });

  it.each([
    [['run'], /name a report, or take --all/],
    [['run', 'nothing'], /there is no report "nothing"/],
    [['remove', 'nothing'], /there is no report "nothing"/],
    [['add', 'bad', '--where', 'expires <'], /expires/],
    [['add', 'bad', '--format', 'doc'], /doc/],
    [['run', 'twice', 'soon', '--out', '-'], /several reports cannot all go to -/],
  ])('refuses %j in one line', async (args, said) => {
    const { code, stderr } = await runCli(['report', ...args, '--db', db]);
    expect(code).toBe(2);
    expect(stderr).toMatch(said);
    expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(3);
  });
});
