import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { JudgeContext } from '../grade/judge.js';
import { SEVERITIES } from '../model/finding.js';
import { toObservationRecord } from '../model/observation-record.js';
import type { HttpProxy } from '../probe/proxy.js';
import { ScanSummary } from '../report/scan-summary.js';
import { chooseWorkers } from '../scan/engine/choose-workers.js';
import { toJudgeData } from '../scan/engine/judge-data.js';
import { makeIssuerFetcher } from '../scan/issuer-fetcher.js';
import { fillIssuerIndex, makeIssuerIndex } from '../scan/issuer-index.js';
import { makeIssuerSearch } from '../scan/issuer-search.js';
import { makeRunId } from '../scan/run-id.js';
import { scan } from '../scan/scan.js';
import type { ScanDefinition } from '../scan/scan-definition.js';
import { type Pace, SPEEDS } from '../scan/speed.js';
import type { Inventory } from '../store/inventory.js';
import { InventoryError } from '../store/inventory-error.js';
import { DEFAULT_INVENTORY_PATH } from '../store/open-database.js';
import type { JudgedObservation } from '../store/save-observations.js';
import { formatPlanSpec } from '../targets/format-plan-spec.js';
import type { Plan } from '../targets/plan.js';
import { compareNewKeys } from './compare-new-keys.js';
import { EXIT_CODES, type ExitCode } from './exit-codes.js';
import { LineOutput } from './print/line-output.js';
import { Progress } from './print/progress.js';
import { quotePeer } from './print/quote-peer.js';
import { formatScanSummary, SUMMARY_ROWS } from './print/scan-summary.js';
import type { ScanFlags } from './scan-flags.js';
import { watchSignals } from './watch-signals.js';

/** A scan that is ready to start: all input is read and found good. */
export interface ReadyScan {
  /** What is judged by. */
  readonly context: JudgeContext;
  readonly definition: ScanDefinition;
  readonly flags: ScanFlags;
  readonly inventory: Inventory;
  readonly plan: Plan;
  /** Null: straight to the endpoints. */
  readonly proxy: HttpProxy | null;
  /** The run to go on with; null: a new one. */
  readonly resumedRun: string | null;
}

/** Endpoints that wait for their last judgement count in the progress until they have it. */
const NONE_WAITING = { found: 0, failing: 0 };

/** Runs the scan, shows how it goes and what it found, and says how the process shall end. */
export async function runAndReport(ready: ReadyScan): Promise<ExitCode> {
  const { context, definition, flags, inventory, plan } = ready;
  const run = ready.resumedRun ?? makeRunId(new Date(), randomBytes);
  const stopper = new AbortController();
  const stopWatching = watchSignals(stopper);
  const summary = new ScanSummary(SUMMARY_ROWS);
  const lines = flags.ndjson ? new LineOutput(process.stdout, () => stopper.abort()) : null;
  let done = 0;
  let waiting = NONE_WAITING;
  const progress =
    flags.quiet || !flags.progress
      ? null
      : new Progress(process.stderr, () => ({
          done,
          total: plan.size,
          found: summary.found + waiting.found,
          failing: summary.failing + waiting.failing,
        }));
  const tell = ({ observation, judgement }: JudgedObservation) => {
    summary.add(observation, judgement);
    lines?.write(JSON.stringify(toObservationRecord(observation, judgement)));
  };
  const startedAt = performance.now();
  try {
    const index = makeIssuerIndex();
    await fillIssuerIndex(index, inventory);
    const fetcher = definition.fetchIssuers
      ? makeIssuerFetcher({
          index,
          trustStores: context.trustStores,
          allowPrivate: definition.fetchPrivate ?? false,
          isForbidden: (address, port) => plan.isExcluded(address, port, 'tls', null),
          signal: stopper.signal,
        })
      : null;
    const issuers = makeIssuerSearch({ context, index, fetcher });
    const pace = paceOf(definition);
    const workers = chooseWorkers({
      asked: definition.workers,
      planSize: plan.size,
      concurrency: pace.concurrency,
      cores: availableParallelism(),
    });
    const end = await scan({
      run,
      plan,
      definition: describeScan(definition, plan),
      resumed: ready.resumedRun !== null,
      pace,
      handshake: definition.handshake ?? 'hello',
      depth: definition.depth ?? 'certificate',
      ...(definition.connectionsPerAddress !== undefined && {
        connectionsPerAddress: definition.connectionsPerAddress,
      }),
      names: definition.names ?? [],
      ...(ready.proxy && { proxy: ready.proxy }),
      judge: issuers.judge,
      issuers,
      ...(definition.revocation && {
        revocation: {
          allowPrivate: definition.fetchPrivate ?? false,
          searchPath: issuers.judge.searchPath,
        },
      }),
      inventory,
      ...(workers > 0 && {
        workers: {
          count: workers,
          judge: toJudgeData(context, index.list()),
          died: (reason) =>
            process.stderr.write(`certsweep: a worker died and is replaced: ${quotePeer(reason)}\n`),
        },
      }),
      signal: stopper.signal,
      observed: tell,
      postponed: ({ judgement, observation }) => {
        const found = waiting.found + (observation.outcome === 'tls' ? 1 : 0);
        waiting = { found, failing: waiting.failing + (judgement.status === 'Good' ? 0 : 1) };
      },
      settled: (judged) => {
        waiting = NONE_WAITING;
        tell(judged);
      },
      progressed: (entriesDone) => {
        done = entriesDone;
      },
      ...(lines && { drain: () => lines.drained() }),
      now: () => new Date(),
    });
    const keys = end.interrupted ? null : await compareNewKeys(inventory, context.policy, stopper.signal);
    progress?.stop();
    for (const { detail, url } of fetcher?.failures ?? []) {
      process.stderr.write(`certsweep: no issuer from ${quotePeer(url)}: ${quotePeer(detail)}\n`);
    }
    const elapsedMs = performance.now() - startedAt;
    if (!flags.quiet && !flags.ndjson) {
      process.stdout.write(formatScanSummary({ summary, planSize: plan.size, elapsedMs, ...end }));
      if (keys?.line) process.stdout.write(`${keys.line}\n`);
      process.stdout.write(`\nSaved in ${inventory.path} as run ${run}\n`);
    }
    if (end.interrupted) {
      process.stderr.write(`certsweep: interrupted; go on with: ${resumeCommand(run, inventory)}\n`);
      return EXIT_CODES.interrupted;
    }
    return isBadEnough(Math.max(summary.worstSeverity, keys?.worstSeverity ?? -1), flags)
      ? EXIT_CODES.findings
      : EXIT_CODES.done;
  } catch (error) {
    if (!(error instanceof InventoryError)) throw error;
    throw new InventoryError(`${error.message}\nthen go on with: ${resumeCommand(run, inventory)}`, {
      cause: error,
    });
  } finally {
    progress?.stop();
    stopWatching();
  }
}

/** What is kept with the run: all inline, file names absolute, so that the run can be resumed from anywhere. */
function describeScan(definition: ScanDefinition, plan: Plan): ScanDefinition {
  const {
    targetsFile: _targetsFile,
    excludeFile: _excludeFile,
    trustStores,
    policy,
    weakKeys,
    ...rest
  } = definition;
  return {
    ...rest,
    ...formatPlanSpec(plan.spec),
    ...(trustStores && {
      trustStores: Object.fromEntries(
        Object.entries(trustStores).map(([name, file]) => [name, resolve(file)]),
      ),
    }),
    ...(policy !== undefined && { policy: resolve(policy) }),
    ...(weakKeys && { weakKeys: weakKeys.map((file) => resolve(file)) }),
  };
}

function paceOf({ speed, concurrency, rate, timeout }: ScanDefinition): Pace {
  const preset: Pace = SPEEDS[speed ?? 'normal'];
  const timeoutMs = timeout ?? preset.limits.timeoutMs;
  return {
    concurrency: concurrency ?? preset.concurrency,
    ratePerSecond: rate ?? preset.ratePerSecond,
    limits: { timeoutMs, connectTimeoutMs: Math.min(timeoutMs, preset.limits.connectTimeoutMs) },
  };
}

function isBadEnough(worstSeverity: number, { failOn }: ScanFlags): boolean {
  return failOn !== undefined && worstSeverity >= SEVERITIES.indexOf(failOn);
}

function resumeCommand(run: string, { path }: Inventory): string {
  return `certsweep scan --resume ${run}${path === DEFAULT_INVENTORY_PATH ? '' : ` --db ${path}`}`;
}
