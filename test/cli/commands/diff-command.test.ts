import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openInventory } from '../../../src/store/inventory.js';
import type { JudgedObservation } from '../../../src/store/save-observations.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../fixtures/temporary-folder.js';
import {
  EXPIRING,
  makeEndpoint,
  makeFacts,
  makeRefused,
  makeRun,
  makeTls,
} from '../../store/sample-observation.js';
import { runCli } from '../run-cli.js';

const FIRST = '0193b7c0-0000-7000-8000-000000000001';
const SECOND = '0193b7d0-0000-7000-8000-000000000002';
const NOW = '2026-11-30T00:00:00Z';

let folder: TemporaryFolder;
let db: string;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  db = folder.file('inventory.db');
  await write(db, [FIRST, SECOND]);
  await write(folder.file('old.db'), [FIRST]);
  await write(folder.file('new.db'), [SECOND]);
});

afterAll(() => folder.remove());

/** The first run finds four certificates; of the second one is renewed, one gone, one new, and one as it was. */
async function write(path: string, runs: readonly string[]): Promise<void> {
  const inventory = openInventory(path, { create: true });
  for (const run of runs) {
    const day = run === FIRST ? 20 : 27;
    const startedAt = `2026-11-${day}T10:00:00.000Z`;
    await inventory.startRun({ ...makeRun(run), startedAt });
    await inventory.saveBatch(observe(run, `2026-11-${day}T10:00:01.000Z`));
    await inventory.finishRun(run, { endedAt: startedAt, state: 'completed', counts: {} });
  }
  await inventory.close();
}

function observe(run: string, observedAt: string): JudgedObservation[] {
  const [renewed, gone, fresh, same] = [1, 2, 3, 4].map((last) =>
    makeEndpoint({ address: `10.0.0.${last}` }),
  );
  const options = { run, observedAt };
  const names = { subjectAltNames: ['DNS:shop.example'], commonName: 'shop \u001b[2J' };
  const leaf = (name: string, findings: (typeof EXPIRING)[]) => ({
    ...options,
    judgement: { presented: [makeFacts(name, names)], findings },
  });
  return run === FIRST
    ? [
        makeTls(renewed, ['old'], leaf('old', [EXPIRING])),
        makeTls(gone, ['gone'], leaf('gone', [])),
        makeTls(same, ['same'], leaf('same', [])),
      ]
    : [
        makeTls(renewed, ['new'], leaf('new', [])),
        makeRefused(gone, options),
        makeTls(fresh, ['fresh'], leaf('fresh', [{ ...EXPIRING, severity: 'high' }])),
        makeTls(same, ['same'], leaf('same', [])),
      ];
}

async function diff(...args: readonly string[]) {
  return runCli(['diff', '--db', db, '--now', NOW, ...args], { cwd: folder.path });
}

const KINDS = ['new', 'gone', 'renewed', 'finding-appeared', 'finding-resolved'];

async function kindsOf(...args: readonly string[]): Promise<string[]> {
  const { stdout, stderr } = await diff(...args, '--json');
  expect(stderr).toBe('');
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): string => JSON.parse(line).kind)
    .sort();
}

describe('certsweep diff', () => {
  it('shows what changed between the last two runs, grouped and counted', async () => {
    const { code, stdout, stderr } = await diff();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(`Changes from run ${FIRST} of 2026-11-20 10:00 to run ${SECOND} of 2026-11-27 10:00

New certificates (1)
Endpoint      Before  After                      Why
10.0.0.3:443          shop \\u{1b}[2J 2026-12-04  the endpoint was not known before

Gone: the endpoint answers without a certificate (1)
Endpoint      Before                     After    Why
10.0.0.2:443  shop \\u{1b}[2J 2026-12-04  refused  refused: connection refused

Renewed: another certificate for the same names (1)
Endpoint      Before                     After                      Why
10.0.0.1:443  shop \\u{1b}[2J 2026-12-04  shop \\u{1b}[2J 2026-12-04  expires 2026-12-04, before 2026-12-04; the key is new

Findings that appeared (1)
Endpoint      Before  After            Why
10.0.0.3:443          expiring (high)  certificate expires in 12 days, on 2026-12-04

Findings that were resolved (1)
Endpoint      Before             After  Why
10.0.0.1:443  expiring (medium)         no longer: certificate expires in 12 days, on 2026-12-04

Changes   1 new, 1 gone, 1 renewed, 1 finding-appeared, 1 finding-resolved
Compared  3 endpoints that ever spoke were asked on both sides
`);
  });

  it.each([
    ['beginnings of ids', ['0193b7c', '0193b7d']],
    ['words', ['previous', 'last']],
    ['one run and the last', [FIRST]],
    ['moments', ['--since', '5d']],
    ['days', ['--since', '2026-11-21', '--until', '2026-11-27']],
    ['inventories', ['old.db', 'new.db']],
    ['an inventory and the usual one', ['old.db']],
  ])('takes %s', async (_, args) => {
    expect(await kindsOf(...args)).toEqual([...KINDS].sort());
  });

  it('ends with the day before a moment', async () => {
    const { stdout } = await diff('--since', '2026-11-21', '--until', '2026-11-26');
    expect(stdout).toBe(
      'no changes from 2026-11-21 00:00 to 2026-11-27 00:00: 3 endpoints that ever spoke were asked on both sides\n',
    );
  });

  it('looks from the second side too', async () => {
    expect(await kindsOf(SECOND, FIRST)).toEqual(['back', 'finding-appeared', 'renewed'].sort());
    const { stdout } = await diff(SECOND, FIRST, '--only', 'regraded');
    expect(stdout).toContain('no such changes');
    expect(stdout).toContain('1 that had a certificate were not asked afterwards');
  });

  it('keeps kinds and endpoints that are asked for', async () => {
    expect(await kindsOf('--only', 'new,gone')).toEqual(['gone', 'new']);
    expect(await kindsOf('--where', 'address = 10.0.0.2')).toEqual(['gone']);
    expect(await kindsOf('--where', 'severity >= high')).toEqual(['finding-appeared', 'new']);
  });

  it('fails where a finding appeared that is bad enough, shown or not', async () => {
    expect((await diff('--fail-on', 'high')).code).toBe(1);
    expect((await diff('--fail-on', 'high', '--only', 'gone')).code).toBe(1);
    expect((await diff('--fail-on', 'critical')).code).toBe(0);
  });

  it.each([
    ['csv', /^Change,Cause,/],
    ['markdown', /^# Certificate changes\n/],
    ['ndjson', /^\{"kind":"renewed"/],
  ])('writes %s', async (format, beginning) => {
    expect((await diff('--format', format)).stdout).toMatch(beginning);
  });

  it('shows no more rows of a kind than it is told', async () => {
    const other = folder.file('many.db');
    const inventory = openInventory(other, { create: true });
    for (const [nth, run] of [FIRST, SECOND].entries()) {
      await inventory.startRun(makeRun(run));
      const endpoints = nth === 0 ? [] : [1, 2, 3].map((port) => makeEndpoint({ port }));
      await inventory.saveBatch(endpoints.map((endpoint) => makeTls(endpoint, ['leaf'], { run })));
    }
    await inventory.close();
    const { stdout } = await diff(FIRST, SECOND, '--db', other, '--limit', '2', '--only', 'new');
    expect(stdout).toContain('New certificates (3)');
    expect(stdout).toContain('… and 1 more: --limit 3 shows them');
    expect(stdout).toContain('(running)');
  });

  it.each([
    [['ffff'], 'inventory.db has no run ffff, and there is no file of that name: see certsweep list runs'],
    [['0193b7'], '2 runs begin with 0193b7: write more of the id'],
    [['last'], `run ${SECOND} is on both sides: name another one, see certsweep list runs`],
    [['--db', 'old.db'], `there is nothing to compare with yet: old.db has one completed run, ${FIRST}`],
    [['old.db', 'old.db'], 'old.db is on both sides: name another inventory, or two of its runs'],
    [['old.db', FIRST], 'old.db is a file, and the other side is none'],
    [['--until', '7d'], '--until needs --since: the changes between two moments'],
    [['--since', '7x'], '--since: "7x" is no time: write 7d, 2026-11-01 or now'],
    [['--since', '7d', 'last'], 'leave out last, or leave out --since'],
    [['--since', '2026-11-25', '--until', '2026-11-21'], 'must be earlier than 2026-11-22 00:00'],
    [
      ['--since', '60d'],
      'knows nothing from before 2026-10-01 00:00, its first run started 2026-11-20 10:00',
    ],
    [['--only', 'removed'], 'it must be a list of new, back, gone'],
    [['--json', '--format', 'csv'], '--json is --format ndjson: leave out --format csv'],
    [['--where', 'prot = 1'], 'there is no field "prot"'],
    [['--db', 'none.db'], 'there is no inventory none.db'],
  ])('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await diff(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});
