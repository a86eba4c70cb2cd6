import type { Endpoint } from '../../model/endpoint.js';
import type { JudgedObservation } from '../../store/save-observations.js';
import type { Outbox } from './outbox.js';
import type { ProbeSlots } from './probe-slots.js';
import type { Slice } from './slice.js';
import { SliceQueue } from './slice-queue.js';

/** What lanes work with, in the main thread or in a worker. */
export interface LaneOptions {
  endpointAt(place: number): Endpoint;
  /** Finishes one entry; null: it was stopped before. */
  observe(entry: Endpoint): Promise<readonly JudgedObservation[] | null>;
  readonly slots: Pick<ProbeSlots, 'begin' | 'end' | 'hasRoom' | 'listen'>;
  /** The next slice; null: there is none any more. */
  takeSlice(): Promise<Slice | null>;
  /** Makes the outbox of the lanes, which calls `emptied`. */
  openOutbox(emptied: () => void): Outbox;
  /** Told how many entries were begun, whenever one more is. */
  begun?(entries: number): void;
  readonly signal: AbortSignal;
}

/**
 * Works off slices until there are none or the signal aborts: as many entries are under way as the slots allow, and the
 * next begins when one ends, so one slow endpoint holds back nobody. What was under way when the signal came is dropped, not
 * recorded: nothing is known of it. Rejects when observing does, which is a fault of ours.
 */
export function runLanes(options: LaneOptions): Promise<void> {
  const { signal, slots } = options;
  return new Promise((resolve, reject) => {
    const queue = new SliceQueue(options.takeSlice, pump);
    const outbox = options.openOutbox(pump);
    let open = 0;
    let begun = 0;
    let isEnded = false;
    let isPumping = false;
    slots.listen(pump);
    signal.addEventListener('abort', pump, { once: true });
    pump();

    function pump(): void {
      // Whatever makes room while entries are being begun is seen by the loop that begins them.
      if (isPumping) return;
      isPumping = true;
      while (!isEnded && !signal.aborted && slots.hasRoom && !outbox.isFull) {
        const place = queue.next(open);
        if (place === null) break;
        begin(place);
      }
      isPumping = false;
      if (open === 0 && (signal.aborted || queue.isOver)) end();
    }

    function begin(place: number): void {
      open += 1;
      begun += 1;
      slots.begin();
      options.begun?.(begun);
      options.observe(options.endpointAt(place)).then((observations) => {
        open -= 1;
        slots.end();
        if (observations !== null && !isEnded) outbox.add(place, observations);
        if (queue.isSuspect) outbox.flush();
        pump();
      }, fail);
    }

    function end(): void {
      if (isEnded) return;
      isEnded = true;
      signal.removeEventListener('abort', pump);
      outbox.flush();
      resolve();
    }

    function fail(error: unknown): void {
      isEnded = true;
      reject(error);
    }
  });
}
