import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Judge, JudgeContext } from '../grade/judge.js';
import { formatEndpoint } from '../model/endpoint.js';
import type { Observation } from '../model/observation.js';
import type { ScanRun } from '../model/scan-run.js';
import { UsageError } from '../model/usage-error.js';
import type { Inventory } from '../store/inventory.js';
import type { JudgedObservation } from '../store/save-observations.js';
import { readForeignFile } from './foreign-file.js';
import type { ForeignResult } from './foreign-result.js';
import type { ForeignSource, LeftOut } from './foreign-source.js';
import type { IssuerIndex } from './issuer-index.js';
import { type JudgeTold, prepareJudgeTold } from './judge-told.js';
import { makeRunId } from './run-id.js';
import { CHAINS_NOT_WHOLE, createRunJudge } from './run-judge.js';

/** Observations judged and saved in one step, as many as in a scan. */
const BATCH_OBSERVATIONS = 1000;

/** A file of results to import, and what to judge it by. */
export interface ResultsToImport {
  readonly path: string;
  readonly source: ForeignSource;
  /**
   * An inventory of their own, to be merged into another one: an import that fails leaves the results that it has saved
   * so far, in a run that is not completed.
   */
  readonly inventory: Pick<Inventory, 'countOutcomes' | 'finishRun' | 'saveBatch' | 'startRun'>;
  /** Certificates known from elsewhere; takes those of the file, too. */
  readonly issuers: IssuerIndex;
  /** What they are judged by, as a scan definition has it: kept with the run, so that it can be judged again. */
  readonly definition: Readonly<Record<string, unknown>>;
  makeContext(moment: Date): Promise<JudgeContext>;
  /** The moment to judge for; absent: when the first endpoint was observed, as with a scan. */
  readonly moment?: Date;
  /** When results were observed that do not say so; absent: when the file was last changed. */
  readonly observedAt?: Date;
}

/** What an import has brought. */
export interface ImportedResults {
  readonly run: string;
  readonly startedAt: string;
  readonly observations: number;
  /** How much of the file was not taken, and why. */
  readonly leftOut: ReadonlyMap<LeftOut, number>;
  /** Results that do not say when they were observed. */
  readonly undated: number;
}

/** What a first look at the file has brought. */
interface Survey {
  readonly digest: Buffer;
  readonly results: number;
  readonly undated: number;
  /** Null: no result says when. */
  readonly firstAt: string | null;
  readonly lastAt: string | null;
  readonly isWhole: boolean;
  readonly leftOut: ReadonlyMap<LeftOut, number>;
}

/**
 * Imports what another tool has found, or certsweep itself, as a scan run of its own origin. The run's id follows from the
 * content of the file, so that importing it twice adds nothing. The file is read twice, and never held as a whole:
 * first to see whether it is sound, when it begins, and which certificates of CAs it holds; then to judge and to save.
 * Throws a UsageError that names file and line where it is not sound; then nothing was saved.
 */
export async function importResults(request: ResultsToImport): Promise<ImportedResults> {
  const { inventory, path, source } = request;
  const survey = await surveyFile(request);
  if (survey.results === 0)
    throw new UsageError(`${path}: the ${source.name} tells of no endpoint${formatLeftOut(survey)}`);
  const fallback = request.observedAt ?? (await stat(path)).mtime;
  // Times that are not of the file must not decide what its run is called.
  const begins = survey.firstAt === null ? new Date(0) : new Date(survey.firstAt);
  const run = makeRunId(begins, (size) => survey.digest.subarray(0, size));
  const [startedAt, endedAt] = findSpan(survey, fallback);
  const definition = {
    ...request.definition,
    origin: source.origin,
    file: basename(path),
    ...(!survey.isWhole && CHAINS_NOT_WHOLE),
  };
  const context = {
    ...(await request.makeContext(request.moment ?? new Date(startedAt))),
    intermediates: request.issuers,
  };
  const judges = { judge: createRunJudge(definition, context), judgeTold: prepareJudgeTold(context) };
  const begun: ScanRun = {
    id: run,
    definition,
    startedAt,
    endedAt: null,
    state: 'running',
    planSize: survey.results,
    counts: {},
  };
  await inventory.startRun(begun);
  let batch: JudgedObservation[] = [];
  const hash = createHash('sha256');
  const account = { bytes: (bytes: Uint8Array) => void hash.update(bytes) };
  for await (const result of readForeignFile(path, source, account)) {
    batch.push(judgeResult(result, run, fallback.toISOString(), judges));
    if (batch.length < BATCH_OBSERVATIONS) continue;
    await inventory.saveBatch(batch);
    batch = [];
  }
  if (batch.length > 0) await inventory.saveBatch(batch);
  if (!hash.digest().equals(survey.digest))
    throw new UsageError(
      `${path} has changed while it was read; nothing of it is imported: try again when it is whole`,
    );
  const counts = await inventory.countOutcomes(run);
  await inventory.finishRun(run, { endedAt, state: 'completed', counts });
  const observations = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { run, startedAt, observations, leftOut: survey.leftOut, undated: survey.undated };
}

async function surveyFile({ issuers, path, source }: ResultsToImport): Promise<Survey> {
  const hash = createHash('sha256');
  const leftOut = new Map<LeftOut, number>();
  let results = 0;
  let undated = 0;
  let firstAt: string | null = null;
  let lastAt: string | null = null;
  let isWhole = true;
  const account = {
    bytes: (bytes: Uint8Array) => {
      hash.update(bytes);
    },
    leftOut: (why: LeftOut) => {
      leftOut.set(why, (leftOut.get(why) ?? 0) + 1);
    },
  };
  for await (const { chain, endpoint, observedAt } of readForeignFile(path, source, account)) {
    results += 1;
    if (observedAt === null) undated += 1;
    else {
      if (firstAt === null || observedAt < firstAt) firstAt = observedAt;
      if (lastAt === null || observedAt > lastAt) lastAt = observedAt;
    }
    if (chain?.kind !== 'sent') continue;
    isWhole &&= chain.isWhole;
    for (const der of chain.ders.slice(1)) issuers.add(der, { kind: 'sent', from: formatEndpoint(endpoint) });
  }
  return { digest: hash.digest(), results, undated, firstAt, lastAt, isWhole, leftOut };
}

/** From the first result to the last, among them those that have the time of the file. */
function findSpan({ firstAt, lastAt, undated }: Survey, fallback: Date): readonly [string, string] {
  const times = [firstAt, lastAt, undated > 0 ? fallback.toISOString() : null]
    .filter((time) => time !== null)
    .sort();
  const own = fallback.toISOString();
  return [times[0] ?? own, times.at(-1) ?? own];
}

function judgeResult(
  result: ForeignResult,
  run: string,
  fallback: string,
  { judge, judgeTold }: { readonly judge: Judge; readonly judgeTold: JudgeTold },
): JudgedObservation {
  const { chain, handshake, judgement, observedAt, ...told } = result;
  const presentedChain = chain?.kind === 'sent' ? chain.ders : [];
  const observation: Observation = {
    ...told,
    run,
    observedAt: observedAt ?? fallback,
    handshake: handshake && { ...handshake, presentedChain, ocspResponse: null },
  };
  if (chain?.kind !== 'told') return { observation, judgement: judgement ?? judge(observation) };
  const [leaf = ''] = chain.fingerprints;
  return {
    observation,
    toldChain: chain.fingerprints,
    judgement: judgement ?? judgeTold(observation.endpoint, leaf, chain.leaf),
  };
}

function formatLeftOut({ leftOut }: Survey): string {
  const counts = [...leftOut].map(([why, times]) => `${times.toLocaleString('en-US')} ${why}`);
  return counts.length === 0 ? '' : `: ${counts.join(', ')}`;
}
