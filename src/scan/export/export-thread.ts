import { Worker } from 'node:worker_threads';
import { UsageError } from '../../model/usage-error.js';
import { InventoryError } from '../../store/inventory-error.js';
import type { ExportAnswer, ExportOrder, ExportStart, RowShare } from './export-order.js';
import { EXPORT_WORKER_TASK } from './export-worker.js';
import type { RowRun } from './row-run.js';

/** New objects live here first: records die at once, and more room for them takes no less time. */
const YOUNG_MB = 4;

/** Whoever needs more than this for a few hundred records is being fed by an enemy. */
const OLD_MB = 512;

/** A thread that writes records of endpoints by their numbers, and puts them aside in a file. */
export class ExportThread {
  readonly #worker: Worker;
  readonly #answers: ExportAnswer[] = [];
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  constructor(start: ExportStart, url: URL) {
    this.#worker = new Worker(url, {
      workerData: { is: EXPORT_WORKER_TASK, start },
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB, maxOldGenerationSizeMb: OLD_MB },
    });
    this.#worker.on('message', (answer: ExportAnswer) => {
      this.#answers.push(answer);
      this.#wake?.();
    });
    this.#worker.on('error', (error: unknown) => this.#fail(describeDeath(error)));
    this.#worker.on('exit', (code) => this.#fail(describeDeath(`it ended with code ${code}`)));
  }

  /** Reads from now on what is true at this moment. */
  async begin(): Promise<void> {
    this.#tell({ kind: 'begin' });
    await this.#next();
  }

  /** Asks for a share of rows, after those that were asked for before. */
  ask(share: RowShare): void {
    this.#tell({ kind: 'write', share });
  }

  /** What was asked for first, run by run; null, as the last: there is no room for it. */
  async *take(): AsyncGenerator<RowRun | null> {
    for (let answer = await this.#next(); answer.kind !== 'end'; answer = await this.#next()) {
      if (answer.kind === 'run') yield answer.run;
      if (answer.kind !== 'full') continue;
      yield null;
      return;
    }
  }

  /** Ends the thread, whatever it is at. */
  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #tell(order: ExportOrder): void {
    this.#worker.postMessage(order);
  }

  async #next(): Promise<ExportAnswer> {
    for (;;) {
      const answer = this.#answers.shift();
      if (answer?.kind === 'failed') throw revive(answer);
      if (answer) return answer;
      if (this.#failure) throw this.#failure;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#wake?.();
  }
}

function describeDeath(cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new InventoryError(`a thread that read the inventory has died: ${reason}`, { cause });
}

/** Makes an error of what is left of one that comes from another thread. */
function revive({ message, name }: { readonly message: string; readonly name: string }): Error {
  if (name === 'UsageError') return new UsageError(message);
  if (name === 'InventoryError') return new InventoryError(message);
  return new Error(message);
}
