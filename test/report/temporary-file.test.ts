import { readdirSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openTemporaryFile } from '../../src/report/temporary-file.js';
import { useTemporaryDirectory } from '../store/temporary-directory.js';

const inDirectory = useTemporaryDirectory();

afterEach(() => vi.unstubAllEnvs());

describe('a temporary file', () => {
  it('is its own where TMPDIR says, and leaves nothing behind', async () => {
    vi.stubEnv('TMPDIR', inDirectory('.'));
    const [one, other] = [await openTemporaryFile(), await openTemporaryFile()];
    await one.handle.write('one');
    await other.handle.write('other');
    const buffer = Buffer.alloc(8);
    const { bytesRead } = await one.handle.read(buffer, 0, 8, 0);
    expect(buffer.toString('utf8', 0, bytesRead)).toBe('one');
    await Promise.all([one.close(), other.close()]);
    expect(readdirSync(inDirectory('.'))).toEqual([]);
  });

  it('cannot be where there is no folder', async () => {
    vi.stubEnv('TMPDIR', inDirectory('none'));
    await expect(openTemporaryFile()).rejects.toThrow('ENOENT');
  });
});
