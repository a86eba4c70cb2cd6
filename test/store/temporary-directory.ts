import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach } from 'vitest';

/** Makes a directory that is gone after the test, or after all of a file; to be called while a test file loads. */
export function useTemporaryDirectory(scope: 'test' | 'suite' = 'test'): (name: string) => string {
  let directory: string | undefined;
  const after = scope === 'test' ? afterEach : afterAll;
  after(() => {
    if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
    directory = undefined;
  });
  return (name) => {
    directory ??= mkdtempSync(path.join(tmpdir(), 'certsweep-test-'));
    return path.join(directory, name);
  };
}
