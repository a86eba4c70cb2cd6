import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { JudgeContext } from '../grade/judge.js';
import { SEVERITIES } from '../model/finding.js';
import { toObservationRecord } from '../model/observation-record.js';
import type { PlanSelection } from '../model/plan-selection.js';
import type { Target } from '../model/target.js';
import { CONNECTIONS_AT_ONCE } from '../probe/posture/probe-posture.js';
import type { HttpProxy } from '../probe/proxy.js';
import { ScanSummary } from '../report/scan-summary.js';
import { makeAcceptJudged } from '../scan/accept-judged.js';
import { accountForPlan } from '../scan/account-for-plan.js';
import { chooseWorkers } from '../scan/engine/choose-workers.js';
import { toJudgeData } from '../scan/engine/judge-data.js';
import { GIVEN_UP } from '../scan/engine/probe-pace.js';
import { makeIssuerFetcher } from '../scan/issuer-fetcher.js';
import { fillIssuerIndex, makeIssuerIndex } from '../scan/issuer-index.js';
import { makeIssuerSearch } from '../scan/issuer-search.js';
import { readDescriptorLimit } from '../scan/pace/descriptor-limit.js';
import { fitConcurrency } from '../scan/pace/fit-concurrency.js';
import { keepQuietHours } from '../scan/pace/keep-quiet-hours.js';
import { createPauseGate } from '../scan/pace/pause-gate.js';
import { parseQuietHours } from '../scan/pace/quiet-hours.js';
import { paceOf } from '../scan/pace-of.js';
import { makeRunId } from '../scan/run-id.js';
import { scan } from '../scan/scan.js';
import type { ScanDefinition } from '../scan/scan-definition.js';
import type { Inventory } from '../store/inventory.js';
import { InventoryError } from '../store/inventory-error.js';
import { DEFAULT_INVENTORY_PATH } from '../store/open-database.js';
import type { JudgedObservation } from '../store/save-observations.js';
import type { Plan } from '../targets/plan.js';
import { makeTagIndex } from '../targets/tag-index.js';
import { compareNewKeys } from './compare-new-keys.js';
import { describeScan } from './describe-scan.js';
import { EXIT_CODES, type ExitCode } from './exit-codes.js';
import { describePause } from './print/describe-pause.js';
import { LineOutput } from './print/line-output.js';
import { describeLocalLimit } from './print/local-limit.js';
import { Progress } from './print/progress.js';
import { quotePeer } from './print/quote-peer.js';
import { formatSavedRun } from './print/saved-run.js';
import { formatScanSummary, SUMMARY_ROWS } from './print/scan-summary.js';
import type { ScanFlags } from './scan-flags.js';
import { watchPauses } from './watch-pauses.js';
import { watchSignals } from './watch-signals.js';

/** A scan that is ready to start: all input is read and found good. */
export interface ReadyScan {
  /** What is judged by. */
  readonly context: JudgeContext;
  readonly definition: ScanDefinition;
  readonly flags: ScanFlags;
  readonly inventory: Inventory;
  readonly plan: Plan;
  /** Targets with tags, which go to what is found there. */
  readonly tagged: readonly Target[];
  /** How it was chosen from that of the definition; null: it is all of it. */
  readonly selection: PlanSelection | null;
  /** Null: straight to the endpoints. */
  readonly proxy: HttpProxy | null;
  /** The run to go on with; null: a new one. */
  readonly resumedRun: string | null;
}

const CLEAR_LINE = '\r\u001b[2K';

/** Endpoints that wait for their last judgement count in the progress until they have it. */
const NONE_WAITING = { found: 0, failing: 0 };

/** Runs the scan, shows how it goes and what it found, and says how the process shall end. */
export async function runAndReport(ready: ReadyScan): Promise<ExitCode> {
  const { context, definition, flags, inventory, plan, tagged } = ready;
  const run = ready.resumedRun ?? makeRunId(new Date(), randomBytes);
  const replaces = definition.save === 'replace';
  const accept = await makeAcceptJudged(inventory, context.now);
  const stopper = new AbortController();
  const stopWatching = watchSignals(stopper);
  const gate = createPauseGate();
  const stopPauses = watchPauses(gate, canReadKeys(process.stdin), (isPaused) => {
    if (!flags.quiet) warn(isPaused ? 'paused: nothing new begins; p or SIGUSR2 goes on' : 'going on');
  });
  const quiet =
    definition.notBetween &&
    keepQuietHours(gate, parseQuietHours(definition.notBetween.join('; ')), () => new Date());
  const summary = new ScanSummary(SUMMARY_ROWS);
  const lines = flags.ndjson ? new LineOutput(process.stdout, () => stopper.abort()) : null;
  let done = 0;
  let waiting = NONE_WAITING;
  let givenUp = 0;
  const progress =
    flags.quiet || !flags.progress
      ? null
      : new Progress(process.stderr, () => ({
          done,
          total: plan.size,
          found: summary.found + waiting.found,
          failing: summary.failing + waiting.failing,
          paused: describePause(gate.reasons, quiet?.until ?? null),
        }));
  const tell = (judged: JudgedObservation) => {
    const { judgement, observation } = accept(judged);
    summary.add(observation, judgement);
    if (observation.failure?.code === GIVEN_UP) givenUp += 1;
    lines?.write(JSON.stringify(toObservationRecord(observation, judgement)));
  };
  const startedAt = performance.now();
  try {
    const tagsOf = makeTagIndex(tagged);
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
    const limit = readDescriptorLimit();
    const fitted = fitConcurrency(pace.concurrency, limit, connectionsEach(definition));
    if (fitted.concurrency < pace.concurrency)
      warn(
        `${limit} open files are not enough for ${pace.concurrency} endpoints at once, so ${fitted.concurrency} it is: ulimit -n ${fitted.needed} allows them all`,
      );
    const workers = chooseWorkers({
      asked: definition.workers,
      planSize: plan.size,
      concurrency: fitted.concurrency,
      cores: availableParallelism(),
    });
    const end = await scan({
      run,
      plan,
      ...(ready.selection && { selection: ready.selection }),
      definition: describeScan(definition, plan, tagged),
      ...(tagsOf && { tagsOf }),
      resumed: ready.resumedRun !== null,
      replaces,
      pace: { ...pace, concurrency: fitted.concurrency },
      gate,
      paced: (news) => {
        if (news.kind === 'local-limit')
          warn(`${describeLocalLimit(news.code, fitted.needed)}; going on with fewer at once`);
        else if (news.kind === 'network-away') warn('the network is away: waiting until it is back');
        else warn('the network is back: going on');
      },
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
          died: (reason) => warn(`a worker died and is replaced: ${quotePeer(reason)}`),
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
    const { replaced } = end;
    const doubt = replaced?.doubt ?? null;
    const keys =
      end.interrupted || doubt !== null
        ? null
        : await compareNewKeys(inventory, context.policy, stopper.signal);
    progress?.stop();
    for (const { detail, url } of fetcher?.failures ?? []) {
      warn(`no issuer from ${quotePeer(url)}: ${quotePeer(detail)}`);
    }
    const account = await accountForPlan(inventory, run, plan.size, !end.interrupted);
    const elapsedMs = performance.now() - startedAt;
    if (!flags.quiet && !flags.ndjson) {
      process.stdout.write(
        formatScanSummary({
          summary,
          givenUp,
          leftOut: ready.selection?.without.length ?? 0,
          planSize: plan.size,
          elapsedMs,
          coverage: account.coverage,
          ...end,
        }),
      );
      if (keys?.line) process.stdout.write(`${keys.line}\n`);
      process.stdout.write(`\n${formatSavedRun({ path: inventory.path, run, replaces, replaced })}`);
    }
    if (account.problem !== null) {
      warn(`this is a fault of certsweep: the account of run ${run} does not add up: ${account.problem}`);
      return EXIT_CODES.unfinished;
    }
    if (end.stuckFor !== null) {
      warn(
        `nothing can be connected to any more, as ${describeLocalLimit(end.stuckFor, fitted.needed)}; then go on with: ${resumeCommand(run, inventory)}`,
      );
      return EXIT_CODES.unfinished;
    }
    if (end.interrupted) {
      warn(`interrupted; go on with: ${resumeCommand(run, inventory)}`);
      return EXIT_CODES.interrupted;
    }
    if (doubt !== null) {
      warn(`run ${run} has replaced nothing: ${doubt}`);
      return EXIT_CODES.unfinished;
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
    stopPauses();
    quiet?.stop();
    stopWatching();
  }
}

/** Writes a line about the scan, in place of a progress bar that is drawn again. */
function warn(line: string): void {
  process.stderr.write(`${process.stderr.isTTY ? CLEAR_LINE : ''}certsweep: ${line}\n`);
}

/** Whether standard input is a terminal that nothing was read from to its end. */
function canReadKeys({ isTTY, readableEnded, destroyed }: NodeJS.ReadStream): boolean {
  return isTTY === true && !readableEnded && !destroyed;
}

/** Connections that an endpoint may have open at once. */
function connectionsEach({ connectionsPerAddress, depth }: ScanDefinition): number {
  return depth === 'posture' ? (connectionsPerAddress ?? CONNECTIONS_AT_ONCE) : 1;
}

function isBadEnough(worstSeverity: number, { failOn }: ScanFlags): boolean {
  return failOn !== undefined && worstSeverity >= SEVERITIES.indexOf(failOn);
}

function resumeCommand(run: string, { path }: Inventory): string {
  return `certsweep scan --resume ${run}${path === DEFAULT_INVENTORY_PATH ? '' : ` --db ${path}`}`;
}
