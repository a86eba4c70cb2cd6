import type { Status } from '../../src/model/judgement.js';
import type { Outcome } from '../../src/model/outcome.js';
import type { PathStatus } from '../../src/model/path.js';
import type { ListenAddress, Listener } from './listener.js';

/** What a scan must say of a server. */
export interface Expectation {
  readonly outcome: Outcome;
  readonly status: Status;
  readonly path: PathStatus;
  /** Exactly these ids, sorted. */
  readonly findings: readonly string[];
}

/** A server of the lab before it runs: its one peculiarity, and what a scan must make of it. */
export interface LabServerSpec {
  /** Short, unique, in kebab case. */
  readonly name: string;
  readonly description: string;
  /** The name to ask for; null: reached by address alone. */
  readonly serverName: string | null;
  /** Default: implicit TLS. */
  readonly protocol?: string;
  readonly expect: Expectation;
  start(address: ListenAddress): Promise<Listener>;
}
