import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/** Runs a TypeScript file of this folder in a worker thread until it ends; what it posted last. */
export async function runWorker(file: string, workerData: unknown): Promise<unknown> {
  const url = pathToFileURL(path.join(import.meta.dirname, file)).href;
  // Node 20 heeds --import in a worker only after its entry is loaded, so the loader is registered by hand.
  const entry = `import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))}).then(({ register }) => {
    register();
    return import(${JSON.stringify(url)});
  });`;
  const worker = new Worker(entry, { eval: true, workerData, execArgv: [] });
  let posted: unknown;
  worker.on('message', (message) => {
    posted = message;
  });
  await once(worker, 'exit');
  return posted;
}
