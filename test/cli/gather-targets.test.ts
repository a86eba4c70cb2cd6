import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gatherTargets } from '../../src/cli/gather-targets.js';
import { formatTarget } from '../../src/targets/format-target.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../fixtures/temporary-folder.js';
import { PROTOCOL_TABLE } from '../targets/protocol-table.js';

let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
});

afterAll(() => folder.remove());

function write(name: string, text: string): string {
  writeFileSync(folder.file(name), text);
  return folder.file(name);
}

const LIST = '#masscan\nopen tcp 443 192.0.2.8 1\nopen udp 53 192.0.2.8 1\n# end\n';

describe('what a scan is given', () => {
  test('comes from arguments, its definition and files, those of other scanners among them', async () => {
    const masscan = write('whatever.txt', LIST);
    const text = write('targets.txt', '192.0.2.3\n');
    const gathered = await gatherTargets(
      ['192.0.2.1'],
      { targets: ['192.0.2.2'], targetsFile: [masscan, text], exclude: ['192.0.2.9'] },
      PROTOCOL_TABLE,
    );
    expect(gathered.targets.map(formatTarget)).toEqual([
      '192.0.2.1',
      '192.0.2.2',
      '192.0.2.8:443',
      '192.0.2.3',
    ]);
    expect(gathered.excludes.map(formatTarget)).toEqual(['192.0.2.9']);
    expect(gathered.notes).toEqual([`${masscan}: masscan list, 1 target; left out: 1 not TCP`]);
  });

  test('is told when a file of another scanner has nothing to scan', async () => {
    const file = write('udp.txt', 'open udp 53 192.0.2.8 1\n');
    await expect(gatherTargets([], { targetsFile: [file] }, PROTOCOL_TABLE)).rejects.toThrow(
      `no targets: ${file}: masscan list, 0 targets; left out: 1 not TCP`,
    );
    const empty = write('empty.txt', '');
    await expect(gatherTargets([], { targetsFile: [empty] }, PROTOCOL_TABLE)).rejects.toThrow(
      'no targets: name some',
    );
  });

  test('is refused as a whole when a file is broken, missing or a folder', async () => {
    const broken = write('broken.xml', '<nmaprun><host>');
    for (const [path, message] of [
      [broken, `${broken} line 1: the nmap XML ends before the scan does`],
      [folder.file('none'), `cannot read ${folder.file('none')} (targets): there is no such file`],
      [folder.path, `cannot read ${folder.path} (targets): it is a directory`],
    ] as const) {
      await expect(gatherTargets(['192.0.2.1'], { targetsFile: [path] }, PROTOCOL_TABLE)).rejects.toThrow(
        message,
      );
    }
  });

  test('takes a character of several bytes wherever the file is cut', async () => {
    const file = write('names.txt', `#${'x'.repeat(65_534)}\nb\u00fccher.example`);
    const shifted = write('names-2.txt', `#${'x'.repeat(65_533)}\nb\u00fccher.example`);
    const { targets } = await gatherTargets([], { targetsFile: [file, shifted] }, PROTOCOL_TABLE);
    expect(targets.map(formatTarget)).toEqual(['xn--bcher-kva.example', 'xn--bcher-kva.example']);
  });
});
