import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

/** Why no network namespace can be made on this machine; null: it can. */
export function findNamespaceObstacle(): string | null {
  try {
    execFileSync('unshare', ['--net', '--map-root-user', 'ip', 'link', 'set', 'lo', 'up'], { stdio: 'pipe' });
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/\s+/g, ' ') : String(error);
    return `a network namespace cannot be made (unshare and ip, and the right to use them): ${reason}`;
  }
}

/** Runs a TypeScript file in a network namespace that has a loopback interface and nothing else; what it printed. */
export async function runInNamespace(file: string): Promise<string> {
  const script = 'ip link set lo up && exec "$@"';
  const { stdout } = await promisify(execFile)(
    'unshare',
    ['--net', '--map-root-user', 'sh', '-c', script, 'sh', process.execPath, '--import', 'tsx', file],
    { timeout: 20_000 },
  );
  return stdout;
}
