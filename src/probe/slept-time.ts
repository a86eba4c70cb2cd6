/*
 * Why sleep is no part of a timeout: a process that was stopped, a laptop that was closed or a thread that waited for a locked
 * disk could not hear what it was told meanwhile. What has arrived is read when it wakes, but a conversation takes several
 * turns, and those that it was in the middle of would all be called silent.
 */

/** Costs nothing, and tells of a sleep soon enough. */
const PULSE_MS = 250;

/** A busy process is late by less; who is late by more than this has slept. */
const LEAST_SLEEP_MS = 1000;

/** One pulse for all connections of the thread; it beats only while there is one. */
let timer: NodeJS.Timeout | undefined;
let watchers = 0;
let pulseAt = 0;
let sleptMs = 0;

/** Milliseconds that this thread has slept while anybody watched, in all; only differences mean something. */
export function readSleptTime(): number {
  if (watchers > 0) notePulse();
  return sleptMs;
}

/** Watches for sleep until what it returns is called. */
export function watchSleptTime(): () => void {
  if (watchers === 0) {
    pulseAt = performance.now();
    timer = setInterval(notePulse, PULSE_MS).unref();
  }
  watchers += 1;
  let isWatching = true;
  return () => {
    if (!isWatching) return;
    isWatching = false;
    watchers -= 1;
    if (watchers === 0) clearInterval(timer);
  };
}

function notePulse(): void {
  const now = performance.now();
  const lateMs = now - pulseAt - PULSE_MS;
  if (lateMs > LEAST_SLEEP_MS) sleptMs += lateMs;
  pulseAt = now;
}
