import type { Posture } from '../../../src/model/posture.js';
import { Budget } from '../../../src/probe/budget.js';
import { Connection } from '../../../src/probe/connection.js';
import {
  type PostureOptions,
  type PostureResult,
  probePosture,
} from '../../../src/probe/posture/probe-posture.js';

/** What a test may want of asking, besides what scans want. */
interface AskOptions extends Partial<PostureOptions> {
  readonly signal?: AbortSignal;
  /** Called for each connection; returns what is called when it is closed. */
  readonly opened?: () => () => void;
}

/** Asks a server on loopback for its posture, in time that no sound test comes near. */
export function askPosture(port: number, options: AskOptions = {}): Promise<PostureResult> {
  const { signal, opened, ...rest } = options;
  const open = async (timeoutMs: number) => {
    const closed = opened?.();
    const connection = await Connection.open({
      address: '127.0.0.1',
      port,
      budget: new Budget({ connectTimeoutMs: timeoutMs, timeoutMs }),
      ...(signal && { signal }),
    });
    return {
      get buffered() {
        return connection.buffered;
      },
      fill: () => connection.fill(),
      take: (length: number) => connection.take(length),
      write: (bytes: Uint8Array) => connection.write(bytes),
      close: () => {
        connection.close();
        closed?.();
      },
    };
  };
  return probePosture(open, { serverName: 'a.example', protocol: 'tls', timeoutMs: 10_000, ...rest });
}

/** The versions that a posture says yes to. */
export function offeredVersions({ versions }: Posture): string[] {
  return Object.entries(versions).flatMap(([version, isOffered]) => (isOffered ? [version] : []));
}

/** The suites of one version. */
export function suitesOf({ cipherSuites }: Posture, version: string): readonly string[] | undefined {
  return cipherSuites.find((each) => each.version === version)?.names;
}

/** The groups of one version. */
export function groupsOf({ groups }: Posture, version: string): readonly string[] | undefined {
  return groups.find((each) => each.version === version)?.names;
}
