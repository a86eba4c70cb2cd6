import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findFile } from '../../src/scan/find-file.js';
import { useTemporaryDirectory } from '../store/temporary-directory.js';

const inDirectory = useTemporaryDirectory();

describe('what a path leads to', () => {
  it('is told of files and folders', async () => {
    writeFileSync(inDirectory('file'), 'text');
    expect((await findFile(inDirectory('file')))?.size).toBe(4);
    expect((await findFile(inDirectory('.')))?.isDirectory()).toBe(true);
  });

  it('is nothing where nothing is', async () => {
    expect(await findFile(inDirectory('nowhere'))).toBeNull();
  });

  it('is told in one line where it cannot be told', async () => {
    writeFileSync(inDirectory('file'), '');
    await expect(findFile(inDirectory('file/below'))).rejects.toThrow(/^cannot read .*file\/below: ENOTDIR/);
    await expect(findFile('x'.repeat(5000))).rejects.toThrow(/^cannot read x+: ENAMETOOLONG/);
  });
});
