import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../src/model/usage-error.js';
import { ReportError } from '../../src/report/report-error.js';
import { writeFile } from '../../src/report/write-file.js';
import { canMount, mountSmallDisk } from '../store/small-disk.js';
import { stream } from './sample-record.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'certsweep-test-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const at = (name: string) => path.join(directory, name);

describe('writing a report file', () => {
  it('writes text and bytes in order, for the owner alone', async () => {
    await writeFile(at('a.csv'), stream(['ä', Buffer.from('b'), 'c', 'd'.repeat(200_000), Buffer.from('e')]));
    expect(readFileSync(at('a.csv'), 'utf8')).toBe(`äbc${'d'.repeat(200_000)}e`);
    expect(statSync(at('a.csv')).mode & 0o777).toBe(0o600);
    expect(readdirSync(directory)).toEqual(['a.csv']);
  });

  it('replaces a file, which keeps its permissions', async () => {
    writeFileSync(at('a.csv'), 'old');
    chmodSync(at('a.csv'), 0o640);
    await writeFile(at('a.csv'), stream(['new']));
    expect(readFileSync(at('a.csv'), 'utf8')).toBe('new');
    expect(statSync(at('a.csv')).mode & 0o777).toBe(0o640);
  });

  it('follows a link to the file that it means', async () => {
    writeFileSync(at('real.csv'), 'old');
    symlinkSync(at('real.csv'), at('link.csv'));
    await writeFile(at('link.csv'), stream(['new']));
    expect(readFileSync(at('real.csv'), 'utf8')).toBe('new');
  });

  it('writes into a device, and leaves it a device', async () => {
    await writeFile('/dev/null', stream(['gone']));
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it('leaves what was there when the report fails half-way', async () => {
    writeFileSync(at('a.csv'), 'old');
    const fault = new Error('the inventory is damaged');
    async function* half(): AsyncGenerator<string> {
      yield 'new'.repeat(100_000);
      throw fault;
    }
    await expect(writeFile(at('a.csv'), half())).rejects.toBe(fault);
    await expect(writeFile(at('b.csv'), half())).rejects.toBe(fault);
    expect(readFileSync(at('a.csv'), 'utf8')).toBe('old');
    expect(readdirSync(directory)).toEqual(['a.csv']);
  });

  it('says what is wrong with the place', async () => {
    mkdirSync(at('sub'));
    writeFileSync(at('file'), '');
    const cases: readonly (readonly [string, string])[] = [
      [at('sub'), `${at('sub')} is a directory: name a file in it`],
      [at('no/a.csv'), `cannot write ${at('no/a.csv')}: there is no directory ${at('no')}`],
      [at('file/a.csv'), `cannot write ${at('file/a.csv')}: there is no directory ${at('file')}`],
      [at('x'.repeat(300)), `cannot write ${at('x'.repeat(300))}: the name is too long`],
    ];
    for (const [place, message] of cases)
      await expect(writeFile(place, stream(['a']))).rejects.toThrow(new UsageError(message));
  });
});

const mountable = canMount();

describe.skipIf(!mountable)(
  `a disk of its own (${mountable ? 'mounted' : 'SKIPPED: needs root to mount'})`,
  () => {
    it('that is full keeps the old report, and one that is read-only is named', async () => {
      const disk = mountSmallDisk(64);
      if (!disk) throw new Error('cannot mount');
      try {
        const file = path.join(disk.directory, 'a.csv');
        await writeFile(file, stream(['old']));
        await expect(writeFile(file, stream(['x'.repeat(500_000)]))).rejects.toThrow(
          new ReportError(
            `cannot write ${file}: the disk is full; nothing was written: free some space, or write elsewhere`,
          ),
        );
        expect(readdirSync(disk.directory)).toEqual(['a.csv']);
        disk.makeReadOnly();
        await expect(writeFile(file, stream(['new']))).rejects.toThrow(
          new UsageError(`cannot write ${file}: you may not write to ${disk.directory}`),
        );
        expect(readFileSync(file, 'utf8')).toBe('old');
      } finally {
        disk.unmount();
      }
      expect(existsSync(disk.directory)).toBe(false);
    });
  },
);
