import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { ProbeResult } from '../../src/model/observation.js';
import { isLocalLimit } from '../../src/probe/is-local-limit.js';

const PROBE_WITHOUT_DESCRIPTORS = path.join(import.meta.dirname, 'probe-without-descriptors.ts');

function failed(outcome: ProbeResult['outcome'], code: string): ProbeResult {
  return { outcome, failure: { stage: 'connect', code, detail: '' }, handshake: null };
}

describe('isLocalLimit', () => {
  it.each(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL'])('says yes to %s', (code) => {
    expect(isLocalLimit(failed('internal', code))).toBe(true);
  });

  it.each<[string, ProbeResult]>([
    ['a fault of ours', failed('internal', 'internal')],
    ['a machine without IPv6', failed('unreachable', 'EADDRNOTAVAIL')],
    ['a missing route', failed('unreachable', 'ENETUNREACH')],
    ['a closed port', failed('refused', 'ECONNREFUSED')],
    ['a success', { outcome: 'tls', failure: null, handshake: null }],
  ])('says no to %s', (_, result) => {
    expect(isLocalLimit(result)).toBe(false);
  });

  it('says yes to a probe of a process that has no descriptor left', async () => {
    const { stdout } = await promisify(execFile)('sh', [
      '-c',
      'ulimit -n 128 && exec "$@"',
      'sh',
      process.execPath,
      '--import',
      'tsx',
      PROBE_WITHOUT_DESCRIPTORS,
    ]);
    const result = JSON.parse(stdout) as ProbeResult;
    expect(result).toMatchObject({ outcome: 'internal', failure: { stage: 'connect', code: 'EMFILE' } });
    expect(isLocalLimit(result)).toBe(true);
  });
});
