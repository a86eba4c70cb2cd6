/**
 * Listeners of each signal, ours alone: an EventTarget looks through all of its listeners for each one added or
 * removed, and warns of a leak at the eleventh, while a scan has thousands of probes on one signal.
 */
const LISTENERS = new WeakMap<AbortSignal, Set<() => void>>();

/** Calls `listener` once when `signal` aborts; returns what takes it off again. */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  let listeners = LISTENERS.get(signal);
  if (!listeners) {
    const fresh = new Set<() => void>();
    listeners = fresh;
    LISTENERS.set(signal, fresh);
    signal.addEventListener(
      'abort',
      () => {
        for (const each of fresh) each();
        fresh.clear();
      },
      { once: true },
    );
  }
  const registered = listeners;
  registered.add(listener);
  return () => registered.delete(listener);
}
