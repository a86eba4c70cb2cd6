import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { findSharedPrimes, type SharedPrimeSearch, type SharedPrimes } from '../x509/keys/shared-primes.js';

// Why a thread of its own: multiplying numbers of millions of bits cannot be interrupted, and takes seconds.

/** Marks what this module starts itself with, as it may also be loaded in the threads of others. */
const TASK = 'certsweep: search for shared primes';

/** Finds the moduli that share a prime, in a thread of its own; `signal` ends it. */
export function searchSharedPrimes(search: SharedPrimeSearch, signal: AbortSignal): Promise<SharedPrimes> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const worker = new Worker(new URL(import.meta.url), { workerData: { task: TASK, search } });
    const stop = () => {
      reject(signal.reason);
      void worker.terminate();
    };
    signal.addEventListener('abort', stop, { once: true });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => {
      signal.removeEventListener('abort', stop);
      reject(new Error(`the search for shared primes ended with code ${code}`));
    });
  });
}

if (!isMainThread && workerData?.task === TASK) parentPort?.postMessage(findSharedPrimes(workerData.search));
