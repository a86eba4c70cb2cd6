import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { makeTemporaryFolder, type TemporaryFolder } from '../fixtures/temporary-folder.js';
import { judgeArgs, scanArgs } from './fault-targets.js';
import {
  compareFacts,
  countInventory,
  type InventoryFacts,
  readFacts,
  wholeInventory,
} from './inventory-facts.js';
import { runProgram, startProgram } from './program.js';
import { describeUnless } from './skip-aloud.js';

const given = inject('faultTargets');

let folder: TemporaryFolder;
let undisturbed: InventoryFacts;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  const db = folder.file('undisturbed.db');
  const { code } = await runProgram(['scan', ...scanArgs(given, 'part'), '--db', db]);
  expect(code).toBe(0);
  undisturbed = await readFacts(db, given.now);
});

afterAll(() => folder.remove());

describe('a scan that is told to stop', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'by %s saves what it knows and can be resumed',
    async (signal) => {
      const db = folder.file(`${signal}.db`);
      const running = startProgram(['scan', ...scanArgs(given, 'part'), '--ndjson', '--db', db]);
      expect(await running.until(({ lines }) => lines > 300)).toBe(true);
      running.child.kill(signal);
      // A terminal that closes tells twice, once for the shell and once for the system.
      if (signal === 'SIGHUP') running.child.kill(signal);
      const { code, stderr, stdout } = await running.ended;
      expect(stderr).toMatch(
        /^certsweep: stopping, [^\n]*\ncertsweep: interrupted; go on with: certsweep scan --resume [^\n]*\n$/,
      );
      expect(code).toBe(130);
      const [run] = countInventory(db).runs;
      expect(run).toEqual({ state: 'interrupted', observations: stdout.split('\n').length - 1 });
      await expectToResume(db);
    },
  );

  it('by the reader of its output, who has seen enough', async () => {
    const db = folder.file('head.db');
    const running = startProgram(['scan', ...scanArgs(given, 'part'), '--ndjson', '--db', db], {
      before: ['bash', '-c', 'set -o pipefail; "$@" | head -1', 'bash'],
    });
    const { code, stderr, stdout } = await running.ended;
    expect(JSON.parse(stdout)).toMatchObject({ endpoint: { protocol: 'tls' } });
    expect(stderr).toMatch(/^certsweep: interrupted; go on with: certsweep scan --resume [^\n]*\n$/);
    expect(code).toBe(130);
    await expectToResume(db);
  });

  it('by a full disk where its output goes', async () => {
    const db = folder.file('full.db');
    const { code, stderr } = await runProgram(['scan', ...scanArgs(given, 'part'), '--ndjson', '--db', db], {
      before: ['sh', '-c', 'exec "$@" > /dev/full', 'sh'],
    });
    expect(stderr).toContain('certsweep: cannot write to standard output: ENOSPC');
    expect(stderr).toContain('go on with: certsweep scan --resume');
    expect(stderr).not.toContain('    at ');
    expect(code).toBe(3);
    await expectToResume(db);
  });
});

describeUnless(findTerminalObstacle(), 'a terminal that goes away', () => {
  it('leaves a run that is saved and can be resumed', async () => {
    const db = folder.file('terminal.db');
    const args = scanArgs(given, 'part').filter((arg) => arg !== '--no-progress');
    const running = startProgram(['scan', ...args, '--db', db], { before: ['python3', '-c', TERMINAL] });
    const { code, stderr, stdout } = await running.ended;
    expect(stderr).toBe('');
    expect(stdout).toBe('ended with 130\n');
    expect(code).toBe(0);
    expect(countInventory(db).runs).toMatchObject([{ state: 'interrupted' }]);
    await expectToResume(db);
  });
});

describe('an export', () => {
  it('ends without a word when its reader has seen enough', async () => {
    const { code, stderr } = await runProgram(
      ['export', '--format', 'ndjson', '--outcomes', '--db', folder.file('undisturbed.db')],
      { before: ['bash', '-c', 'set -o pipefail; "$@" | head -1 > /dev/null', 'bash'] },
    );
    expect([code, stderr]).toEqual([0, '']);
  });

  it('says so when the disk behind standard output is full', async () => {
    const { code, stderr } = await runProgram(
      ['export', '--format', 'csv', '--db', folder.file('undisturbed.db')],
      { before: ['sh', '-c', 'exec "$@" > /dev/full', 'sh'] },
    );
    expect(stderr).toMatch(/^certsweep: cannot write to standard output: ENOSPC[^\n]*\n$/);
    expect(code).toBe(3);
  });
});

/** Runs a command in a terminal of its own, closes that once a fifth is done, and says how the command ended. */
const TERMINAL = `
import os, pty, re, sys
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
shown = b''
while not re.search(rb'\\((?:[2-9][0-9])%\\)', shown):
    shown = shown[-500:] + os.read(terminal, 4096)
os.close(terminal)
print('ended with', os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

function findTerminalObstacle(): string | null {
  try {
    execFileSync('python3', ['-c', 'import pty'], { stdio: 'pipe' });
    return null;
  } catch (error) {
    return `a terminal needs python3: ${String(error)}`;
  }
}

async function expectToResume(db: string): Promise<void> {
  const { code, stderr } = await runProgram(['scan', '--resume', ...judgeArgs(given), '--db', db]);
  expect([code, stderr]).toEqual([0, '']);
  expect(countInventory(db)).toEqual(wholeInventory(given.partSize));
  expect(compareFacts(await readFacts(db, given.now), undisturbed)).toEqual([]);
}
