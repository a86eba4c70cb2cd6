import type { Endpoint } from '../../model/endpoint.js';
import { onAbort } from '../../probe/on-abort.js';
import type { TokenBucket } from '../token-bucket.js';

/** Says how many endpoints of one address may be probed at once. */
export interface Admission {
  /** Takes a place at an address; false: there is none just now. */
  tryTake(address: string): boolean;
  /** Gives it back. */
  release(address: string): void;
}

/** Lets probes begin: not too many at one address, and not too many a second. */
export interface ProbeSlots {
  /** Probes that wait for their turn at an address. */
  readonly waiting: number;
  /** So many wait that no more should be begun. */
  readonly isCrowded: boolean;
  /** `changed` is called when a probe begins to wait, so that another may begin in its place. */
  listen(changed: () => void): void;
  /** Waits for the turn of an endpoint; false: the signal has aborted. Whoever was let in must `leave`. */
  enter(endpoint: Endpoint): Promise<boolean>;
  leave(endpoint: Endpoint): void;
}

/** Probes that may wait for a busy address while others go on: each is an entry of a plan, one or two kilobytes. */
const MAX_WAITING = 4096;

/** Busy addresses that are asked again when a probe has ended, as it may have been one of the same subnet. */
const TRIES_AFTER_PROBE = 4;

/** Busy addresses that are asked again in turn: all of them would take a notable part of the time. */
const TRIES_IN_TURN = 256;

/** Places at an address may become free in another thread, which does not tell; a device does not notice the wait. */
const TRY_AGAIN_MS = 20;

/** Makes the slots of one thread; `admission` and `rate` are null where there is no such limit. */
export function makeProbeSlots(
  admission: Admission | null,
  rate: TokenBucket | null,
  signal: AbortSignal,
): ProbeSlots {
  /** Who waits, by address; an address leaves when nobody waits for it. */
  const queues = new Map<string, ((isIn: boolean) => void)[]>();
  let waiting = 0;
  let timer: NodeJS.Timeout | undefined;
  let changed = (): void => undefined;
  onAbort(signal, () => {
    clearInterval(timer);
    for (const queue of queues.values()) for (const wake of queue) wake(false);
    queues.clear();
    waiting = 0;
  });

  async function enter({ address }: Endpoint): Promise<boolean> {
    if (signal.aborted) return false;
    if (admission !== null && address !== null && (queues.has(address) || !admission.tryTake(address))) {
      if (!(await wait(address))) return false;
    }
    await rate?.take(signal);
    if (!signal.aborted) return true;
    if (address !== null) admission?.release(address);
    return false;
  }

  function wait(address: string): Promise<boolean> {
    return new Promise((resolve) => {
      const queue = queues.get(address);
      if (queue) queue.push(resolve);
      else queues.set(address, [resolve]);
      waiting += 1;
      if (waiting === 1) timer = setInterval(() => tryNext(TRIES_IN_TURN), TRY_AGAIN_MS);
      changed();
    });
  }

  /** Lets in the first of those who wait for an address; false: there is no place. */
  function tryFirst(address: string): boolean {
    const queue = queues.get(address);
    if (queue === undefined || admission === null || !admission.tryTake(address)) return false;
    const wake = queue.shift();
    if (queue.length === 0) queues.delete(address);
    waiting -= 1;
    if (waiting === 0) clearInterval(timer);
    wake?.(true);
    return true;
  }

  /** Tries the addresses that were not tried for longest. */
  function tryNext(tries: number): void {
    for (let each = Math.min(tries, queues.size); each > 0; each--) {
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
    get waiting() {
      return waiting;
    },
    get isCrowded() {
      return waiting >= MAX_WAITING;
    },
    listen(listener) {
      changed = listener;
    },
    enter,
    leave({ address }) {
      if (admission === null || address === null) return;
      admission.release(address);
      if (waiting > 0 && !tryFirst(address)) tryNext(TRIES_AFTER_PROBE);
    },
  };
}
