import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** A network at the other end of a cable that can be pulled. */
export interface RemoteNetwork {
  readonly targets: string;
  readonly part: string;
  readonly size: number;
  readonly partSize: number;
  readonly anchorPem: string;
  readonly now: string;
  /** Commands that run a program at this end of the cable; the program follows them. */
  readonly before: readonly string[];
  /** Pulls the cable: there is no way to the network any more. */
  pull(): void;
  /** Puts it back. */
  plug(): void;
  close(): Promise<void>;
}

const networkSchema = z.object({
  targets: z.string(),
  part: z.string(),
  size: z.number(),
  partSize: z.number(),
  anchorPem: z.string(),
  now: z.string(),
});

const SERVER = fileURLToPath(new URL('./serve-network.ts', import.meta.url));

/** First half of the addresses there; nobody outside of the namespaces ever sees them. */
const PREFIX = '10.77';
const NETWORK = `${PREFIX}.0.0/22`;

/** Starts the network in a namespace of its own, joined to that of the scanner by a virtual cable. */
export async function startRemoteNetwork(): Promise<RemoteNetwork> {
  const here = await holdNamespace();
  const there = await holdNamespace();
  here.ip('link add cable type veth peer name far');
  here.ip(`link set far netns ${there.pid}`);
  there.ip('addr add 10.9.0.2/30 dev far');
  there.ip('link set far up');
  there.ip(`route add local ${NETWORK} dev lo`);
  here.ip('addr add 10.9.0.1/30 dev cable');
  const plug = () => {
    here.ip('link set cable up');
    here.ip(`route add ${NETWORK} via 10.9.0.2`);
  };
  plug();
  const [command = '', ...rest] = [...there.enter, process.execPath, '--import', 'tsx', SERVER, PREFIX];
  const server = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface(server.stdout), 'line');
  return {
    ...networkSchema.parse(JSON.parse(String(line))),
    before: here.enter,
    pull: () => here.ip('link set cable down'),
    plug,
    close: async () => {
      for (const child of [server, here.child, there.child]) await end(child);
    },
  };
}

interface Namespace {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly enter: readonly string[];
  ip(words: string): void;
}

/** Makes a namespace that lives as long as a process that does nothing. */
async function holdNamespace(): Promise<Namespace> {
  const child = spawn('unshare', ['--net', 'sh', '-c', 'ip link set lo up && echo ready && exec cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { pid } = child;
  const [first] = await once(child.stdout, 'data');
  if (pid === undefined || String(first).trim() !== 'ready') throw new Error('no namespace could be made');
  const enter = ['nsenter', `--net=/proc/${pid}/ns/net`];
  return {
    child,
    pid,
    enter,
    ip: (words) => {
      execFileSync('nsenter', [...enter.slice(1), 'ip', ...words.split(' ')], { stdio: 'pipe' });
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** Why no such network can be made here; null: it can. */
export function findRemoteObstacle(): string | null {
  try {
    const script = 'ip link add cable type veth peer name far && nsenter --net=/proc/self/ns/net true';
    execFileSync('unshare', ['--net', 'sh', '-c', script], { stdio: 'pipe' });
    return null;
  } catch (error) {
    return `a network cannot be made (unshare, nsenter and ip, as root): ${String(error).trim()}`;
  }
}
