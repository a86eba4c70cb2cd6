import { onAbort } from '../../probe/on-abort.js';

/** Why a scan stands still. */
export type PauseReason = 'user' | 'quiet hours' | 'network away';

/** A gate before new work, shut as long as there is a reason. What has begun goes on. */
export interface PauseGate {
  readonly isOpen: boolean;
  /** Why it is shut, the oldest reason first. */
  readonly reasons: readonly PauseReason[];
  pause(reason: PauseReason): void;
  resume(reason: PauseReason): void;
  /** Waits until the gate is open or the signal aborts; where it is open there is nothing to wait for. */
  opened(signal: AbortSignal): Promise<void>;
  /** Calls the listener whenever a reason comes or goes; returns what takes it off again. */
  onChange(listener: (reasons: readonly PauseReason[]) => void): () => void;
}

/** All that a scan can stand still for. */
const REASONS: readonly PauseReason[] = ['user', 'quiet hours', 'network away'];

/** Gives a gate the reasons of another, no more and no less. */
export function setReasons(gate: Pick<PauseGate, 'pause' | 'resume'>, reasons: readonly PauseReason[]): void {
  for (const reason of REASONS) {
    if (reasons.includes(reason)) gate.pause(reason);
    else gate.resume(reason);
  }
}

/** Makes an open gate. */
export function createPauseGate(): PauseGate {
  const reasons = new Set<PauseReason>();
  const waiting = new Set<() => void>();
  const listeners = new Set<(reasons: readonly PauseReason[]) => void>();

  function changed(): void {
    const now = [...reasons];
    for (const listener of [...listeners]) listener(now);
  }

  function nextOpening(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        waiting.delete(wake);
        forget();
        resolve();
      };
      waiting.add(wake);
      const forget = onAbort(signal, wake);
    });
  }

  return {
    get isOpen() {
      return reasons.size === 0;
    },
    get reasons() {
      return [...reasons];
    },
    pause(reason) {
      if (reasons.has(reason)) return;
      reasons.add(reason);
      changed();
    },
    resume(reason) {
      if (!reasons.delete(reason)) return;
      changed();
      if (reasons.size === 0) for (const wake of [...waiting]) wake();
    },
    async opened(signal) {
      // It may be shut again before all who waited have come through.
      while (reasons.size > 0 && !signal.aborted) await nextOpening(signal);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
