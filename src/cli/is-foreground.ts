import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Whether this process is the one that its terminal listens to; one in the background is stopped when it reads keys. */
export function isForeground(): boolean {
  try {
    if (process.platform !== 'linux') {
      const state = execFileSync('ps', ['-o', 'stat=', '-p', String(process.pid)], { encoding: 'utf8' });
      return state.includes('+');
    }
    // After the name, which may hold anything: state, parent, group, session, terminal, group that the terminal listens to.
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const [, , group, , , listenedTo] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return group === listenedTo;
  } catch {
    return false;
  }
}
