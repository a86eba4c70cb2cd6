/*
 * Why a probe may be made again: some results say nothing of the endpoint. Where this machine was at a limit of its own, or
 * its network was away, the probe is made again as if it had not been, however often that takes. Where the peer was too busy
 * to say a word, it is made again a few times, later.
 */
import { networkInterfaces } from 'node:os';
import type { Endpoint } from '../../model/endpoint.js';
import type { ProbeResult } from '../../model/observation.js';
import type { Outcome } from '../../model/outcome.js';
import { isLocalLimit } from '../../probe/is-local-limit.js';
import { isRouteMissing } from '../../probe/is-route-missing.js';
import type { ConnectTimeouts } from '../pace/connect-timeouts.js';
import { createNetworkWatch, type NetworkWatch } from '../pace/network-watch.js';
import type { PauseGate } from '../pace/pause-gate.js';
import { shouldRetry } from '../pace/should-retry.js';
import type { SilenceLedger } from '../pace/silence-ledger.js';
import type { LaneWidth } from './lane-width.js';
import type { PaceNotice } from './pace-notice.js';
import type { RunTally } from './run-tally.js';

/** When to make a probe again. */
export interface Again {
  readonly afterMs: number;
  /** Whether it counts as one of the tries that an endpoint has. */
  readonly isAttempt: boolean;
}

/** Learns from the probes of one thread how fast to go on, and which of them to make again. */
export interface ProbePace {
  /** Milliseconds that the next connect to the address may take; undefined: as long as any. */
  timeoutFor(address: string): number | undefined;
  /** The address answered a connect after so many milliseconds. */
  connected(address: string, ms: number): void;
  /** What is recorded of an endpoint that is not worth a probe, as its address has kept silent; null: it is. */
  giveUp(endpoint: Endpoint): ProbeResult | null;
  /** Null: the result counts. `beganAt` is on the clock of `performance.now()`; the first attempt is 1. */
  weigh(endpoint: Endpoint, result: ProbeResult, attempt: number, beganAt: number): Promise<Again | null>;
}

/** What the pace of one thread is made of. */
export interface ProbePaceOptions {
  /** Absent: connect timeouts are what they are. */
  readonly timeouts?: ConnectTimeouts;
  /** Absent: no address is given up. */
  readonly ledger?: SilenceLedger;
  readonly retries: number;
  readonly width: LaneWidth;
  readonly tally: RunTally;
  readonly gate: Pick<PauseGate, 'onChange' | 'pause' | 'reasons'>;
  /** Whether connections lead through a proxy, whose answers say nothing of our own routes to endpoints. */
  readonly isProxied?: boolean;
  readonly watch?: NetworkWatch;
  tell(notice: PaceNotice): void;
  readonly signal: AbortSignal;
  /** How long nothing at all may come about before it is told; default `STUCK_MS`. */
  readonly stuckMs?: number;
}

/** A limit of this machine that holds for so long does not go away by waiting. */
export const STUCK_MS = 60_000;

/** Whoever is short of descriptors has some again when a few probes have ended. */
const LOCAL_LIMIT_MS = 500;

/** A server that is too busy gets this long for the first time, and twice as long each time after ... */
const FIRST_RETRY_MS = 1000;
/** ... up to this. */
const LAST_RETRY_MS = 30_000;

/** How probes end whose packets are lost on the way out. */
const LOST: ReadonlySet<Outcome> = new Set([
  'connect-timeout',
  'unreachable',
  'handshake-timeout',
  'reset',
  'closed',
  'unresolved',
]);

/** How probes end of which nothing tells that the address is alive. */
const UNANSWERED: ReadonlySet<Outcome> = new Set([
  'connect-timeout',
  'unreachable',
  'unresolved',
  'cancelled',
  'internal',
]);

/** How probes of the silent end. */
const SILENT: ReadonlySet<Outcome> = new Set(['connect-timeout', 'unreachable']);

/** The code of endpoints that were not probed, as their address had kept silent. */
export const GIVEN_UP = 'given-up';

/** Codes of lookups that no name server answered. */
const UNHEARD_LOOKUPS: ReadonlySet<string> = new Set(['timeout', 'EAI_AGAIN']);

/** A name server is asked by IPv4 nearly everywhere; any address stands for that network. */
const ANY_IPV4 = '0.0.0.0';

/** Makes the pace of one thread. */
export function makeProbePace(options: ProbePaceOptions): ProbePace {
  const {
    gate,
    isProxied = false,
    ledger,
    retries,
    signal,
    stuckMs = STUCK_MS,
    tally,
    timeouts,
    width,
  } = options;
  const watch = options.watch ?? createNetworkWatch();
  /** A machine that never had a network has none that could go away. */
  let hasHadNetwork = hasOwnAddress();
  let isAway = gate.reasons.includes('network away');
  let backAt = Number.NEGATIVE_INFINITY;
  let isWaitingForBack = false;
  let isLimitTold = false;
  /** When this machine was first found at a limit since a probe last came about; null: it was not. */
  let limitedSince: number | null = null;

  gate.onChange((reasons) => {
    const wasAway = isAway;
    isAway = reasons.includes('network away');
    if (wasAway && !isAway) backAt = performance.now();
    // Who stands still cannot get on.
    limitedSince = null;
  });

  function answered(address: string): void {
    ledger?.answered(address);
    if (isProxied) return;
    watch.answered(address);
    hasHadNetwork = true;
  }

  function meetLimit(code: string, beganAt: number): void {
    const now = performance.now();
    width.narrow(beganAt, now);
    if (!isLimitTold) options.tell({ kind: 'local-limit', code });
    isLimitTold = true;
    limitedSince ??= now;
    if (width.current === 1 && Math.min(now - limitedSince, tally.idleMs) >= stuckMs)
      options.tell({ kind: 'stuck', code });
  }

  /** Whether the result may be none, as packets did not get out. */
  async function isLost({ address }: Endpoint, result: ProbeResult, beganAt: number): Promise<boolean> {
    if (!LOST.has(result.outcome)) return false;
    const witness = isRouteMissing(result) ? address : isUnheardLookup(result) ? ANY_IPV4 : null;
    if (witness !== null && hasHadNetwork && !isAway && (await watch.check(witness)) === 'away') goAway();
    return isAway || backAt >= beganAt;
  }

  function goAway(): void {
    gate.pause('network away');
    options.tell({ kind: 'network-away' });
    if (isWaitingForBack) return;
    isWaitingForBack = true;
    void watch.back(signal).then(() => {
      isWaitingForBack = false;
      options.tell({ kind: 'network-back' });
    });
  }

  /** What is found out about all endpoints of an address that is given up. */
  const givenUp: ProbeResult | null = ledger
    ? {
        outcome: 'cancelled',
        failure: {
          stage: 'connect',
          code: GIVEN_UP,
          detail: `the first ${ledger.share.giveUpAfter} ports of this address stayed silent`,
        },
        handshake: null,
      }
    : null;

  return {
    giveUp: ({ address }) => (address !== null && ledger?.isGivenUp(address) === true ? givenUp : null),
    timeoutFor: (address) => timeouts?.timeoutFor(address),
    connected(address, ms) {
      timeouts?.answered(address, ms);
      answered(address);
    },
    async weigh(endpoint, result, attempt, beganAt) {
      if (isLocalLimit(result)) {
        meetLimit(result.failure?.code ?? '', beganAt);
        return { afterMs: LOCAL_LIMIT_MS, isAttempt: false };
      }
      width.worked(performance.now());
      tally.worked();
      limitedSince = null;
      if (endpoint.address !== null && !UNANSWERED.has(result.outcome)) answered(endpoint.address);
      if (await isLost(endpoint, result, beganAt)) return { afterMs: 0, isAttempt: false };
      if (shouldRetry(result, attempt, retries) === 'no') {
        if (endpoint.address !== null && SILENT.has(result.outcome)) ledger?.silent(endpoint.address);
        return null;
      }
      tally.retried();
      return { afterMs: Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempt - 1)), isAttempt: true };
    },
  };
}

function isUnheardLookup({ failure, outcome }: ProbeResult): boolean {
  return (
    outcome === 'unresolved' &&
    failure !== null &&
    failure.stage === 'resolve' &&
    UNHEARD_LOOKUPS.has(failure.code)
  );
}

/** Whether this machine has an address by which others can reach it. */
function hasOwnAddress(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal));
}
