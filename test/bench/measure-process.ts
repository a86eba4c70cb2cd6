import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** What one process used from its start to its end, by the operating system's accounting: all threads, all memory. */
export interface MeasuredProcess {
  /** User and system time. */
  readonly cpuMs: number;
  readonly seconds: number;
  readonly peakRssMb: number;
  /** The resident memory, once a second. */
  readonly samples: readonly RssSample[];
  readonly status: number;
  readonly stdout: string;
}

/** Resident memory at some second of a process. */
export interface RssSample {
  readonly second: number;
  readonly rssMb: number;
}

/** How to run a process that is measured. */
export interface MeasureOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Interrupted after so many seconds, as by Ctrl-C. */
  readonly interruptAfter?: number;
}

/** `times` of the shell tells what its children used, which is what getrusage(2) tells of them. */
const SCRIPT = '"$@" 3>&- & echo $! >&3; wait $!; echo $? >&3; times >&3';

/** Peaks last longer; the kernel keeps the highest anyway, so that only the last tenth of a second goes unseen. */
const SAMPLE_MS = 100;
const SAMPLES_A_SECOND = 1000 / SAMPLE_MS;

/** Runs a program in a process of its own and tells what it used. */
export async function measureProcess(
  command: readonly string[],
  { env, interruptAfter }: MeasureOptions = {},
): Promise<MeasuredProcess> {
  const startedAt = performance.now();
  const shell = spawn('sh', ['-c', SCRIPT, 'sh', ...command], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  });
  const [, output, , report] = shell.stdio;
  if (!output || !report || !('setEncoding' in report)) throw new Error('the shell has no pipes');
  let stdout = '';
  output.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  let told = '';
  let pid = 0;
  report.setEncoding('utf8').on('data', (text: string) => {
    told += text;
    if (pid === 0 && told.includes('\n')) pid = Number.parseInt(told, 10);
  });
  const stop = (): void => signal(pid, 'SIGKILL');
  process.once('exit', stop);

  const samples: RssSample[] = [];
  let peakRssMb = 0;
  let ticks = 0;
  const sampler = setInterval(() => {
    const memory = pid === 0 ? null : readMemory(pid);
    ticks += 1;
    if (memory === null) return;
    peakRssMb = Math.max(peakRssMb, memory.peakMb);
    if (ticks % SAMPLES_A_SECOND === 0)
      samples.push({ second: (performance.now() - startedAt) / 1000, rssMb: memory.rssMb });
  }, SAMPLE_MS);
  const interrupt =
    interruptAfter === undefined ? undefined : setTimeout(() => signal(pid, 'SIGINT'), interruptAfter * 1000);
  try {
    await once(shell, 'close');
  } finally {
    clearInterval(sampler);
    clearTimeout(interrupt);
    process.off('exit', stop);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const [, status = '', , children = ''] = told.trim().split('\n');
  return { cpuMs: sumTimes(children), seconds, peakRssMb, samples, status: Number(status), stdout };
}

/** Null: the process is not there, or has ended. */
function readMemory(pid: number): { readonly peakMb: number; readonly rssMb: number } | null {
  let status: string;
  try {
    status = readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return null;
  }
  const [peak, rss] = ['VmHWM', 'VmRSS'].map(
    (name) => new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1],
  );
  return peak && rss ? { peakMb: Number(peak) / 1024, rssMb: Number(rss) / 1024 } : null;
}

/** Of a line such as `0m1.230000s 0m0.450000s`. */
function sumTimes(line: string): number {
  return [...line.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, rest]) => sum + Number(minutes) * 60_000 + Number(rest) * 1000,
    0,
  );
}

function signal(pid: number, name: 'SIGINT' | 'SIGKILL'): void {
  if (pid === 0) return;
  try {
    process.kill(pid, name);
  } catch (error) {
    // It has ended by itself.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
