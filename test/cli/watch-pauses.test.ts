import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTemporaryFolder, type TemporaryFolder } from '../fixtures/temporary-folder.js';
import { runCli } from './run-cli.js';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
});

afterAll(() => folder.remove());

/** Why no terminal can be made on this machine; null: it can. */
function findTerminalObstacle(): string | null {
  try {
    execFileSync('script', ['-qec', 'true', '/dev/null'], { stdio: 'pipe' });
    return null;
  } catch (error) {
    return `a terminal cannot be made (script, of util-linux): ${String(error)}`;
  }
}

/** How much of standard output is there when it stands still: longer than anything takes that is under way. */
const STILL_MS = 700;

describe('a scan that is paused', () => {
  it('begins nothing until the signal comes again, with and without workers', async () => {
    for (const workers of ['0', '2']) {
      let lines = 0;
      let atPause = -1;
      let atResume = -1;
      const { code, stderr } = await runCli(
        [
          ...['scan', '127.7.0.0/24', '-p', '1', '--rate', '100', '--ndjson', '--no-progress'],
          ...['--workers', workers, '--db', folder.file(`signal-${workers}.db`)],
        ],
        {
          onStdout: (text, child) => {
            const before = lines;
            lines = text.split('\n').length - 1;
            if (before === 0 && lines > 0) child.kill('SIGUSR2');
          },
          onStderr: (text, child) => {
            if (atPause !== -1 || !text.includes('paused')) return;
            setTimeout(() => {
              atPause = lines;
              setTimeout(() => {
                atResume = lines;
                child.kill('SIGUSR2');
              }, STILL_MS);
            }, STILL_MS);
          },
        },
      );
      expect({ code, lines }).toEqual({ code: 0, lines: 256 });
      expect(atPause).toBeGreaterThan(0);
      expect(atPause).toBeLessThan(256);
      expect(atResume).toBe(atPause);
      expect(stderr).toContain('going on');
    }
  }, 60_000);

  it('can be stopped, and saves what is known', async () => {
    const db = folder.file('stopped.db');
    const sent: string[] = [];
    const send = (child: ChildProcess, signal: 'SIGUSR2' | 'SIGINT') => {
      if (!sent.includes(signal)) child.kill(signal);
      sent.push(signal);
    };
    const { code, stderr } = await runCli(
      ['scan', '127.7.0.0/24', '-p', '1', '--rate', '100', '--ndjson', '--no-progress', '--db', db],
      {
        onStdout: (_, child) => send(child, 'SIGUSR2'),
        onStderr: (text, child) => text.includes('paused') && send(child, 'SIGINT'),
      },
    );
    expect(code).toBe(130);
    expect(stderr).toContain('go on with');
  }, 60_000);

  it('keeps quiet hours from its start, and is refused where all of the week is quiet', async () => {
    const now = new Date();
    const at = (minutes: number) => {
      const time = new Date(now.getTime() + minutes * 60_000);
      return `${String(time.getHours()).padStart(2, '0')}:${String(time.getMinutes()).padStart(2, '0')}`;
    };
    const db = folder.file('quiet.db');
    const { code, stdout } = await runCli(
      ['scan', '127.7.0.0/24', '-p', '1', '--ndjson', '--not-between', `${at(-60)}-${at(60)}`, '--db', db],
      {
        onStderr: (text, child) => {
          if (text.includes('paused (quiet hours until') && !child.killed) child.kill('SIGINT');
        },
      },
    );
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    const refused = await runCli(['scan', '127.0.0.1', '--not-between', '00:00-24:00']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('all of the week is quiet');
  }, 60_000);

  describe('in a terminal', () => {
    const obstacle = findTerminalObstacle();
    if (obstacle !== null && process.env.CI !== 'true') {
      it.skip(obstacle, () => expect.unreachable());
      return;
    }

    it('heeds p and ^C, and leaves the terminal as it was', async () => {
      const scan = `${process.execPath} ${MAIN} scan 127.7.0.0/24 -p 1 --rate 20 --workers 0 --db ${folder.file('tty.db')}`;
      const child = spawn('script', ['-qec', `${scan}; echo code $?; stty -a`, '/dev/null'], {
        stdio: ['pipe', 'pipe', 'inherit'],
        env: { ...process.env, TERM: 'xterm', SHELL: '/bin/sh' },
      });
      let text = '';
      const steps = [
        { after: 'found', type: 'p' },
        { after: 'paused (by hand)', type: 'p' },
        { after: 'going on', type: '\u0003' },
      ];
      child.stdout.setEncoding('utf8').on('data', (more: string) => {
        text += more;
        const [step] = steps;
        if (step === undefined || !text.includes(step.after)) return;
        steps.shift();
        child.stdin.write(step.type);
      });
      await new Promise((resolve) => child.once('close', resolve));
      expect(steps).toEqual([]);
      expect(text).toContain('code 130');
      expect(text).toMatch(/(?<!-)\bicanon\b/);
      expect(text).toMatch(/(?<!-)\becho\b/);
    }, 60_000);
  });
});
