import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnnotationEdit } from '../../../src/model/annotation-edit.js';
import type { AnnotationSubject } from '../../../src/model/annotation-subject.js';
import { openInventory } from '../../../src/store/inventory.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../fixtures/temporary-folder.js';
import {
  fingerprint,
  makeDer,
  makeEndpoint,
  makeRefused,
  makeRun,
  makeTls,
} from '../../store/sample-observation.js';
import { type CliResult, runCli } from '../run-cli.js';

let folder: TemporaryFolder;
let db: string;

beforeEach(async () => {
  folder = await makeTemporaryFolder();
  db = folder.file('inventory.db');
  const inventory = openInventory(db, { create: true });
  await inventory.startRun(makeRun());
  await inventory.saveBatch([
    makeTls(makeEndpoint({ address: '10.0.0.1' }), ['web']),
    makeTls(makeEndpoint({ address: '10.0.0.2', port: 8443 }), ['old']),
    makeRefused(makeEndpoint({ host: 'gone.example', address: '10.0.0.3' })),
  ]);
  await inventory.close();
});

afterEach(() => folder.remove());

const run = (...args: string[]): Promise<CliResult> => runCli([...args, '--db', db]);

async function print(...args: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await run(...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.trimEnd().split('\n');
}

/** Has the inventory say something already, without a process for each. */
async function say(subject: AnnotationSubject, edit: AnnotationEdit): Promise<void> {
  const inventory = openInventory(db);
  await inventory.annotate([subject], edit, '2026-11-22T12:00:00.000Z');
  await inventory.close();
}

const WEB: AnnotationSubject = { kind: 'endpoint', endpoint: makeEndpoint({ address: '10.0.0.1' }) };
const FIELDS = ['--fields', 'address,owner,tags,notes,unused'];

describe('certsweep tag', () => {
  it('tags endpoints and certificates, which lists tell', async () => {
    expect(await print('tag', '10.0.0.1:443', '--owner', 'Jane', '--add', 'Lab,prod')).toEqual([
      '1 endpoint: 1 changed',
    ]);
    expect(await print('tag', '10.0.0.1:443', '--add', 'prod')).toEqual(['1 endpoint: nothing changed']);
    const leaf = fingerprint(makeDer('old'));
    expect(await print('tag', leaf, '--unused', '--note', 'moved\nto the cloud')).toEqual([
      '1 certificate: 1 changed',
    ]);
    expect(await print('list', ...FIELDS)).toEqual([
      'Address   Owner  Tags       Notes                   Unused',
      '10.0.0.1  Jane   Lab; prod                          no',
      '10.0.0.2                    moved\\u{a}to the cloud  yes',
    ]);
  });

  it('takes away what was said', async () => {
    await say(WEB, { owner: 'Jane', addTags: ['Lab', 'prod'] });
    await print('tag', '10.0.0.1:443', '--remove', 'LAB', '--unset', 'owner');
    expect(await print('list', ...FIELDS, '--where', 'tag:prod')).toEqual([
      'Address   Owner  Tags  Notes  Unused',
      '10.0.0.1         prod         no',
    ]);
  });

  it.each(['tag:lab', 'owner = "jane"', 'notes ~ cloud', 'unused'])('lets queries ask: %s', async (query) => {
    await say(WEB, { owner: 'Jane', addTags: ['Lab'], notes: 'to the cloud', unused: true });
    expect(await print('list', '--fields', 'address', '--where', query)).toEqual(['Address', '10.0.0.1']);
  });

  it('is told by show and by spreadsheets', async () => {
    await say(WEB, { owner: 'Jane', addTags: ['Lab', 'prod'], notes: 'to the\ncloud', unused: true });
    expect((await print('show', '10.0.0.1:443')).join('\n')).toMatch(
      /Annotations\n {2}Owner +Jane\n {2}Tags +Lab, prod\n {2}Unused +yes: nobody is told of its expiry\n {2}Notes +to the cloud/,
    );
    expect(JSON.parse((await print('show', '10.0.0.1:443', '--json')).join('\n'))).toMatchObject({
      owner: 'Jane',
      tags: ['Lab', 'prod'],
      unused: true,
    });
    expect((await print('show', fingerprint(makeDer('web')), '--json')).join('\n')).toContain(
      '"owner": null',
    );
    expect((await print('export', '--format', 'csv'))[1]).toMatch(/,Jane,Lab; prod\r?$/);
  });

  it('takes kinds by rules, and shows them in their order', async () => {
    await print('tag', '--rule', 'cidr:10.0.0.0/8', '--rule', 'name:*.example', '--owner', 'net');
    await print('tag', '--rule', 'issuer:~Example CA', '--order', '1', '--add', 'public');
    await say(WEB, { addTags: ['a'] });
    expect(await print('tag', '--list')).toEqual([
      expect.stringMatching(/^Subject +Order +Owner +Tags +Unused +Waived +Notes$/),
      expect.stringMatching(/^issuer:~example ca +1 +public$/),
      expect.stringMatching(/^name:\*\.example +1000 +net$/),
      expect.stringMatching(/^cidr:10\.0\.0\.0\/8 +1000 +net$/),
      expect.stringMatching(/^10\.0\.0\.1:443 +a$/),
    ]);
    expect(JSON.parse((await print('tag', '--rule', 'name:*.EXAMPLE', '--json')).join(''))).toEqual([
      {
        kind: 'rule',
        rule: 'name:*.example',
        order: 1000,
        owner: 'net',
        notes: null,
        unused: null,
        tags: [],
        waivers: [],
      },
    ]);
  });

  it('takes what matches now', async () => {
    const outcome = ['--where', 'outcome = refused', '--outcomes'];
    expect(await print('tag', ...outcome, '--add', 'dark')).toEqual(['1 endpoint: 1 changed']);
    const certificates = ['--where', 'cn = old.example', '--of', 'certificates'];
    expect(await print('tag', ...certificates, '--add', 'old')).toEqual(['1 certificate: 1 changed']);
    expect(await print('tag', '--where', 'port = 1', '--add', 'x')).toEqual(['no endpoints match']);
    expect(await print('list', '--outcomes', '--fields', 'address,tags')).toEqual([
      'Address   Tags',
      '10.0.0.1',
      '10.0.0.2  old',
      '10.0.0.3  dark',
    ]);
  });

  it('accepts findings for a time, and no more', async () => {
    const waiver = [
      '--waive',
      'expiring',
      '--owner',
      'ops',
      '--reason',
      'goes away',
      '--until',
      '2999-01-31',
    ];
    expect(await print('tag', '--rule', 'cidr:10.0.0.1', ...waiver, '--json')).toEqual([
      '{"subjects":1,"changed":1}',
    ]);
    const fields = ['--fields', 'address,status,warnings,waived'];
    expect(await print('list', ...fields)).toEqual([
      'Address   Status   Warnings  Waived',
      '10.0.0.1  Good               expiring',
      '10.0.0.2  Warning  expiring',
    ]);
    expect((await print('show', '10.0.0.1:443')).join('\n')).toContain(
      'Waived  until 2999-01-31 by ops: goes away',
    );
    expect((await print('list', ...fields, '--now', '2999-02-01'))[1]).toBe(
      '10.0.0.1  Expired  expired; expiring',
    );
    await print('tag', '--rule', 'cidr:10.0.0.1', '--unwaive', 'expiring');
    expect((await print('list', ...fields))[1]).toBe('10.0.0.1  Warning  expiring');
  });

  it.each([
    [['tag'], 'name an endpoint or a fingerprint, a kind with --rule, or what matches with --where'],
    [['tag', '--add', 'x'], 'name an endpoint or a fingerprint'],
    [['tag', '10.9.9.9:443', '--add', 'x'], 'has no endpoint and no certificate 10.9.9.9:443'],
    [['tag', '10.0.0.1:443', '--unused', '--used'], '--unused and --used: it is one of them'],
    [['tag', '10.0.0.1:443', '--list', '--add', 'x'], '--list shows what is said and changes nothing'],
    [['tag', '10.0.0.1:443', '--order', '1'], 'only rules have an order'],
    [['tag', '10.0.0.1:443', '--waive', 'expired'], '--waive needs --owner (who accepts it), --reason'],
    [['tag', '10.0.0.1:443', '--reason', 'x'], 'name the finding with --waive'],
    [['tag', '10.0.0.1:443', '--waive', 'expird'], 'there is no finding "expird": did you mean expired?'],
    [
      ['tag', '10.0.0.1:443', '--waive', 'expired', '--owner', 'o', '--reason', 'r', '--until', '2020-01-01'],
      '--until 2020-01-01: that day has passed',
    ],
    [['tag', '10.0.0.1:443', '--until', '2026-02-30'], 'it must be a day such as 2027-03-31.'],
    [['tag', '10.0.0.1:443', '--unset', 'lab'], '--unset "lab": it takes owner, notes'],
    [['tag', '--rule', 'port:443', '--add', 'x'], 'rule port:443: write cidr:10.0.0.0/8'],
    [['tag', '--where', 'isuer ~ x', '--add', 'x'], 'did you mean issuer?'],
    [['tag', '10.0.0.1:443', '--outcomes', '--add', 'x'], '--outcomes goes with --where'],
  ])('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^certsweep: /);
    expect(await print('tag', '--list')).toEqual(['nothing is said']);
  });

  it('shows words of others as text', async () => {
    await print('tag', '10.0.0.1:443', '--owner', '=cmd()', '--note', 'a\u001b[2J\u202eb');
    expect((await print('tag', '--list')).join('\n')).toContain('a\\u{1b}[2J\\u{202e}b');
    expect((await print('show', '10.0.0.1:443')).join('\n')).toContain('a\\u{1b}[2J\\u{202e}b');
    expect((await print('export', '--format', 'csv'))[1]).toContain(`,"'=cmd()",`);
    expect((await print('export', '--format', 'html')).join('\n')).not.toContain('\u001b');
  });
});
