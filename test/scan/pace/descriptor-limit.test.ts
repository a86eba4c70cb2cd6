import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { readDescriptorLimit } from '../../../src/scan/pace/descriptor-limit.js';

const FILE = new URL('../../../src/scan/pace/descriptor-limit.ts', import.meta.url).href;
const PROGRAM = `import { readDescriptorLimit } from ${JSON.stringify(FILE)}; console.log(readDescriptorLimit());`;

function limitUnder(ulimit: string): string {
  const node = ['--import', 'tsx', '--input-type=module', '--eval', PROGRAM];
  return execFileSync('sh', ['-c', `ulimit -n ${ulimit} && exec "$@"`, 'sh', process.execPath, ...node], {
    encoding: 'utf8',
  }).trim();
}

describe('readDescriptorLimit', () => {
  it('reads a number, or that there is none', () => {
    const limit = readDescriptorLimit();
    if (limit !== null) expect(limit).toBeGreaterThan(0);
  });

  it('reads the limit of the process that asks', () => {
    expect(limitUnder('300')).toBe('300');
  });
});
