import type { PauseGate } from '../pace/pause-gate.js';
import type { PaceNotice } from './pace-notice.js';

/** What is told of a scan's pace: a limit of this machine once, the network whenever it goes away or is back. */
export type PaceNews = Exclude<PaceNotice, { readonly kind: 'stuck' }>;

/** Hears what the threads of a scan tell of their pace, and stands still with all of them when one has to. */
export interface PaceDesk {
  hear(seat: number, notice: PaceNotice): void;
  /** Nobody sits there any more: what it waited for nobody waits for. */
  leave(seat: number): void;
  /** The errno name of the limit for want of which nothing came about any more; null: none. */
  readonly stuckFor: string | null;
}

/** Makes the desk of one scan. `stop` is called when it is stuck. */
export function makePaceDesk(
  gate: Pick<PauseGate, 'pause' | 'resume'>,
  tell: (news: PaceNews) => void,
  stop: () => void,
): PaceDesk {
  /** Those who found the network away. */
  const away = new Set<number>();
  let isLimitTold = false;
  let stuckFor: string | null = null;

  function comeBack(seat: number): void {
    if (!away.delete(seat) || away.size > 0) return;
    gate.resume('network away');
    tell({ kind: 'network-back' });
  }

  return {
    get stuckFor() {
      return stuckFor;
    },
    hear(seat, notice) {
      if (notice.kind === 'network-back') comeBack(seat);
      else if (notice.kind === 'network-away') {
        if (away.size === 0) tell(notice);
        away.add(seat);
        gate.pause('network away');
      } else if (notice.kind === 'stuck') {
        stuckFor ??= notice.code;
        stop();
      } else if (!isLimitTold) {
        isLimitTold = true;
        tell(notice);
      }
    },
    leave: comeBack,
  };
}
