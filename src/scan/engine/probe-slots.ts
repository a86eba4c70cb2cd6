import type { Endpoint } from '../../model/endpoint.js';
import { onAbort } from '../../probe/on-abort.js';
import type { PauseGate } from '../pace/pause-gate.js';
import type { TokenBucket } from '../token-bucket.js';

/** Says how many endpoints of one address may be probed at once. */
export interface Admission {
  /** Takes a place at an address; false: there is none just now. */
  tryTake(address: string): boolean;
  /** Gives it back. */
  release(address: string): void;
}

/** Lets entries and their probes begin: not too many at once, not too many at one address, and not too many a second. */
export interface ProbeSlots {
  /** Whether one more entry may begin. */
  readonly hasRoom: boolean;
  /** `changed` is called when there may be room for another entry though none has ended. */
  listen(changed: () => void): void;
  /** An entry begins. */
  begin(): void;
  /** It has ended. */
  end(): void;
  /** Waits for the turn of an endpoint, some time from now; false: the signal has aborted. Whoever was let in must `leave`. */
  enter(endpoint: Endpoint, afterMs?: number): Promise<boolean>;
  leave(endpoint: Endpoint): void;
  /** Waits so long, while another entry has the room; false: the signal has aborted. */
  rest(ms: number): Promise<boolean>;
}

/** What slots heed. */
export interface SlotsOptions {
  /** Null: endpoints of one address need not heed each other. */
  readonly admission: Admission | null;
  /** Null: as many a second as there are. */
  readonly rate: TokenBucket | null;
  /** As long as it is shut nothing begins. */
  readonly gate: Pick<PauseGate, 'isOpen' | 'onChange'>;
  /** How many entries may be under way, besides those that wait for their turn. */
  readonly width: { readonly current: number };
  readonly signal: AbortSignal;
}

/** Probes that may wait for a busy address or for another try while others go on: each is an entry, one or two kilobytes. */
const MAX_WAITING = 4096;

/** Busy addresses that are asked again when a probe has ended, as it may have been one of the same subnet. */
const TRIES_AFTER_PROBE = 4;

/** Busy addresses that are asked again in turn: all of them would take a notable part of the time. */
const TRIES_IN_TURN = 256;

/** Places at an address may become free in another thread, which does not tell; a device does not notice the wait. */
const TRY_AGAIN_MS = 20;

/** Addresses that are remembered as having a place until an entry ends. */
const MAX_FREED = 64;

/** Stands for endpoints that nobody knows the address of, to which no limit applies. */
const NO_ADDRESS = '';

/** Makes the slots of one thread. */
export function makeProbeSlots({ admission, gate, rate, signal, width }: SlotsOptions): ProbeSlots {
  /** Who waits, by address; an address leaves when nobody waits for it. */
  const queues = new Map<string, ((isIn: boolean) => void)[]>();
  /** Who waits for some time to pass. */
  const delayed = new Map<NodeJS.Timeout, (isIn: boolean) => void>();
  /** Addresses where a probe has ended, whose entry has not. */
  const freed: string[] = [];
  let open = 0;
  let waiting = 0;
  let timer: NodeJS.Timeout | undefined;
  let changed = (): void => undefined;

  const forgetGate = gate.onChange(() => {
    if (!gate.isOpen) return;
    tryNext(queues.size);
    startTrying();
    changed();
  });
  onAbort(signal, () => {
    forgetGate();
    clearInterval(timer);
    for (const [timeout, wake] of delayed) {
      clearTimeout(timeout);
      wake(false);
    }
    delayed.clear();
    for (const queue of queues.values()) for (const wake of queue) wake(false);
    queues.clear();
    waiting = 0;
  });

  function isFree(): boolean {
    return gate.isOpen && open - waiting < width.current;
  }

  function tryTake(address: string): boolean {
    return admission === null || address === NO_ADDRESS || admission.tryTake(address);
  }

  function release(address: string): void {
    if (admission !== null && address !== NO_ADDRESS) admission.release(address);
  }

  async function enter(endpoint: Endpoint, afterMs = 0): Promise<boolean> {
    const address = endpoint.address ?? NO_ADDRESS;
    let mustWait = afterMs > 0;
    let delayMs = afterMs;
    while (!signal.aborted) {
      if (mustWait || !gate.isOpen || queues.has(address) || !tryTake(address)) {
        if (!(await wait(address, delayMs))) return false;
      }
      await rate?.take(signal);
      if (!signal.aborted && gate.isOpen) return true;
      release(address);
      mustWait = true;
      delayMs = 0;
    }
    return false;
  }

  function wait(address: string, ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      waiting += 1;
      if (ms === 0) enqueue(address, resolve);
      else delay(ms, resolve, () => enqueue(address, resolve));
      changed();
    });
  }

  function delay(ms: number, wake: (isIn: boolean) => void, then: () => void): void {
    const timeout = setTimeout(() => {
      delayed.delete(timeout);
      then();
    }, ms);
    delayed.set(timeout, wake);
  }

  function enqueue(address: string, wake: (isIn: boolean) => void): void {
    const queue = queues.get(address);
    if (queue) queue.push(wake);
    else queues.set(address, [wake]);
    if (queue === undefined && tryFirst(address)) return;
    startTrying();
  }

  function startTrying(): void {
    if (timer !== undefined || queues.size === 0 || !gate.isOpen) return;
    timer = setInterval(() => {
      tryNext(TRIES_IN_TURN);
      if (queues.size > 0 && gate.isOpen) return;
      clearInterval(timer);
      timer = undefined;
    }, TRY_AGAIN_MS);
  }

  /** Lets in the first of those who wait for an address; false: there is no place. */
  function tryFirst(address: string): boolean {
    const queue = queues.get(address);
    if (queue === undefined || !isFree() || !tryTake(address)) return false;
    const wake = queue.shift();
    if (queue.length === 0) queues.delete(address);
    waiting -= 1;
    wake?.(true);
    return true;
  }

  /** Tries the addresses that were not tried for longest. */
  function tryNext(tries: number): void {
    for (let each = Math.min(tries, queues.size); each > 0 && isFree(); each--) {
      const [address] = queues.keys();
      if (address === undefined) return;
      tryFirst(address);
      const queue = queues.get(address);
      if (queue === undefined) continue;
      queues.delete(address);
      queues.set(address, queue);
    }
  }

  return {
    get hasRoom() {
      return isFree() && waiting < MAX_WAITING;
    },
    listen(listener) {
      changed = listener;
    },
    begin() {
      open += 1;
    },
    end() {
      open -= 1;
      if (queues.size === 0) freed.length = 0;
      const address = freed.pop();
      if (address === undefined || !tryFirst(address)) tryNext(TRIES_AFTER_PROBE);
    },
    enter,
    leave({ address }) {
      if (address === null) return;
      release(address);
      if (queues.size === 0 || tryFirst(address)) return;
      freed.push(address);
      if (freed.length > MAX_FREED) freed.shift();
    },
    rest(ms) {
      if (signal.aborted) return Promise.resolve(false);
      return new Promise((resolve) => {
        waiting += 1;
        delay(ms, resolve, () => enqueue(NO_ADDRESS, resolve));
        changed();
      });
    },
  };
}
