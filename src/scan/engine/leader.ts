import type { Judgement } from '../../model/judgement.js';
import type { Observation } from '../../model/observation.js';
import type { Revocations } from '../../model/revocation.js';
import type { RunProgress } from '../../model/run-progress.js';
import type { FinishedEntry } from '../../store/finished-entry.js';
import type { JudgedObservation } from '../../store/save-observations.js';
import { BatchWriter } from '../batch-writer.js';
import { entryWeight } from './entry-weight.js';
import { judgeSafely } from './judge-safely.js';
import type { ScanPlan } from './observe-entry.js';
import type { ProgressTracker } from './progress-tracker.js';
import type { Slice } from './slice.js';
import type { SliceSource } from './slice-source.js';

/** What becomes of finished entries. */
export interface LeaderOptions {
  readonly plan: ScanPlan;
  readonly tracker: ProgressTracker;
  readonly source: SliceSource;
  judge(observation: Observation, revocations?: Revocations): Judgement;
  /** Asks CAs about the certificates of an observation, which is judged anew with what they say; absent: nobody asks. */
  findRevocations?(observation: Observation, judgement: Judgement, signal: AbortSignal): Promise<Revocations>;
  /** Stores entries and progress together or throws; the scan ends when it throws. */
  save(entries: readonly FinishedEntry[], progress: RunProgress): Promise<void>;
  /** Told of each observation, in the order in which they are stored. */
  observed?(judged: JudgedObservation): void;
  /** Told how many plan entries are done, whenever more are. */
  progressed?(entriesDone: number): void;
  /** What is held back when it aborts is dropped. */
  readonly signal: AbortSignal;
  /** Called when storing or asking has failed, which ends the scan. */
  failed(): void;
}

/** An entry on its way to the store. */
interface StorableEntry extends FinishedEntry {
  readonly weight: number;
  /** Told the weight of what was stored. */
  stored(weight: number): void;
}

/** Leads those who work off the plan: hands out slices, takes what is finished, shows it and stores it. */
export class Leader {
  readonly #options: LeaderOptions;
  readonly #writer: BatchWriter<StorableEntry>;
  /** Those who ask for a slice while what is out has to come back first. */
  readonly #asking = new Set<(slice: Slice | null) => void>();
  readonly #heldBack = new Set<Promise<void>>();
  #fault: { readonly cause: unknown } | null = null;
  #entriesDone: number;
  #observations = 0;
  #byName = 0;

  constructor(options: LeaderOptions) {
    this.#options = options;
    this.#entriesDone = options.tracker.entriesDone;
    this.#writer = new BatchWriter(
      (batch) => this.#save(batch),
      () => this.#fail(),
    );
  }

  /** Observations taken so far. */
  get observations(): number {
    return this.#observations;
  }

  /** How many of them tried a name that became known on the way. */
  get byName(): number {
    return this.#byName;
  }

  /** Asks for the next slice: null when nothing is left, or the scan is stopped. Call what it returns to ask no more. */
  ask(give: (slice: Slice | null) => void): () => void {
    this.#asking.add(give);
    this.#answer();
    return () => this.#asking.delete(give);
  }

  /** Takes back what somebody could not finish. */
  giveBack(slice: Slice): void {
    this.#options.source.giveBack(slice);
    this.#answer();
  }

  /** Takes finished entries; `stored` is told the weight of each part of them that was stored. */
  deliver(entries: readonly FinishedEntry[], stored: (weight: number) => void): void {
    for (const finished of entries) {
      const weight = entryWeight(finished.observations);
      if (!this.#options.findRevocations) this.#keep({ ...finished, weight, stored });
      else this.#holdBack({ ...finished, weight, stored });
    }
  }

  /** Ends when all that was delivered is stored; throws what storing or asking threw. */
  async close(): Promise<void> {
    while (this.#heldBack.size > 0) await Promise.all(this.#heldBack);
    this.#answer();
    await this.#writer.close();
    if (this.#fault) throw this.#fault.cause;
  }

  #fail(): void {
    this.#options.failed();
    this.#answer();
  }

  #answer(): void {
    for (const give of this.#asking) {
      const slice = this.#options.signal.aborted ? null : this.#options.source.take();
      if (slice === 'later') return;
      this.#asking.delete(give);
      give(slice);
    }
  }

  #holdBack(entry: StorableEntry): void {
    const waiting = this.#askAbout(entry)
      .then((observations) => {
        if (observations !== null) this.#keep({ ...entry, observations });
      })
      .catch((cause: unknown) => {
        this.#fault ??= { cause };
        this.#fail();
      })
      .finally(() => this.#heldBack.delete(waiting));
    this.#heldBack.add(waiting);
  }

  /** Null: the signal came first. */
  async #askAbout({ observations }: FinishedEntry): Promise<readonly JudgedObservation[] | null> {
    const { signal } = this.#options;
    const known = await Promise.all(observations.map((judged) => this.#judgeRevocation(judged)));
    return signal.aborted ? null : known;
  }

  async #judgeRevocation(judged: JudgedObservation): Promise<JudgedObservation> {
    const { findRevocations, judge, signal } = this.#options;
    const { judgement, observation } = judged;
    if (!findRevocations || judgement.path.status === 'none') return judged;
    const revocations = await findRevocations(observation, judgement, signal);
    if (revocations.size === 0 || signal.aborted) return judged;
    return judgeSafely((each) => judge(each, revocations), observation);
  }

  #keep(entry: StorableEntry): void {
    const { observed, plan, progressed } = this.#options;
    this.#entriesDone += 1;
    this.#observations += entry.observations.length;
    if (entry.observations.length > 1 && plan.endpointAt(entry.entry).serverName === null) {
      for (const { observation } of entry.observations)
        if (observation.endpoint.serverName !== null) this.#byName += 1;
    }
    if (observed) for (const judged of entry.observations) observed(judged);
    progressed?.(this.#entriesDone);
    this.#writer.add(entry);
  }

  async #save(batch: readonly StorableEntry[]): Promise<void> {
    const { save, tracker } = this.#options;
    for (const { entry, observations } of batch) tracker.mark(entry, observations.length);
    await save(batch, tracker.snapshot());
    const weights = new Map<(weight: number) => void, number>();
    for (const { stored, weight } of batch) weights.set(stored, (weights.get(stored) ?? 0) + weight);
    for (const [stored, weight] of weights) stored(weight);
    this.#answer();
  }
}
