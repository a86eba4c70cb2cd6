import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { JudgeContext } from '../grade/judge.js';
import { isAtLeast, listOpenFindings, type Severity } from '../model/finding.js';
import { toObservationRecord } from '../model/observation-record.js';
import type { Outcome } from '../model/outcome.js';
import type { Revocations } from '../model/revocation.js';
import type { ProbeLimits } from '../probe/budget.js';
import { makeAcceptJudged } from '../scan/accept-judged.js';
import { checkChain } from '../scan/check-chain.js';
import { checkEndpoints } from '../scan/check-endpoints.js';
import { listCheckEntries } from '../scan/check-entries.js';
import { checkMailSteps } from '../scan/check-mail-steps.js';
import { makeIssuerFetcher } from '../scan/issuer-fetcher.js';
import { fillIssuerIndex, makeIssuerIndex } from '../scan/issuer-index.js';
import { makeIssuerSearch } from '../scan/issuer-search.js';
import { findExchanger, type MailPlan } from '../scan/mail-plan.js';
import { makeRevocationInquiry } from '../scan/revocation-inquiry.js';
import { makeRunId } from '../scan/run-id.js';
import type { ScanDefinition } from '../scan/scan-definition.js';
import type { Inventory } from '../store/inventory.js';
import type { JudgedObservation } from '../store/save-observations.js';
import { formatPlanSpec } from '../targets/format-plan-spec.js';
import type { PlanSpec } from '../targets/plan.js';
import type { CheckFlags } from './check-flags.js';
import { EXIT_CODES, type ExitCode } from './exit-codes.js';
import { type EndpointReport, formatCheckReport } from './print/check-report.js';
import { formatMailReport, type MailReport, type MailServerReport } from './print/mail-report.js';
import { quotePeer } from './print/quote-peer.js';
import { makeTextStyle } from './print/text-style.js';
import { writeStream } from './print/write-stream.js';

/** A check that is ready to start: all input is read and found good. */
export interface ReadyCheck {
  /** What was named on the command line; no targets: mail alone is checked. */
  readonly spec: Omit<PlanSpec, 'seed'>;
  readonly mail: readonly MailPlan[];
  readonly context: JudgeContext;
  readonly limits: ProbeLimits;
  readonly flags: CheckFlags;
  /** Null: nothing is stored. */
  readonly inventory: Inventory | null;
  readonly signal: AbortSignal;
}

/** An observation with its last judgement. */
interface Settled extends JudgedObservation {
  /** What CAs said; absent: they were not asked. */
  readonly revocations?: Revocations;
}

/** Chains that are explained besides the first: servers have one for each kind of key. */
const MAX_OTHER_CHAINS = 3;

/** Runs a check, prints a report of each endpoint as soon as it is there, and says how the process shall end. */
export async function runCheck(ready: ReadyCheck): Promise<ExitCode> {
  const { flags, inventory, limits, mail, signal, spec } = ready;
  const run = makeRunId(new Date(), randomBytes);
  const index = makeIssuerIndex();
  if (inventory) await fillIssuerIndex(index, inventory);
  const context = { ...ready.context, intermediates: index };
  const fetcher = flags.fetchIssuers
    ? makeIssuerFetcher({
        index,
        trustStores: context.trustStores,
        allowPrivate: flags.fetchPrivate ?? false,
        signal,
      })
    : null;
  const issuers = makeIssuerSearch({ context, index, fetcher });
  const inquiry = flags.revocation
    ? makeRevocationInquiry({
        judge: issuers.judge,
        memory: inventory,
        allowPrivate: flags.fetchPrivate ?? false,
        isForbidden: () => false,
        now: () => new Date(),
      })
    : null;
  const accept = await makeAcceptJudged(inventory, context.now);
  const counts: Partial<Record<Outcome, number>> = {};
  const severities = new Set<Severity>();
  let isUnchecked = mail.some(
    ({ exchangers, kind }) => kind === 'failed' || exchangers.some((each) => each.failure),
  );

  const entries = spec.targets.length === 0 ? [] : listCheckEntries(spec);
  const mailSpecs = mail.map(({ targets }) => ({ ...spec, targets }));
  const mailEntries = mailSpecs.map((each) => (each.targets.length === 0 ? [] : listCheckEntries(each)));

  async function* check(some: typeof entries): AsyncGenerator<Settled> {
    for await (const judged of checkEndpoints({
      run,
      entries: some,
      limits,
      depth: flags.depth,
      judge: issuers.judge,
      save: async (batch) => inventory?.saveBatch(batch),
      signal,
      now: () => new Date(),
    })) {
      const settled = await settle(judged);
      const { observation, judgement } = accept(settled);
      counts[observation.outcome] = (counts[observation.outcome] ?? 0) + 1;
      for (const { severity } of listOpenFindings(judgement.findings)) severities.add(severity);
      if (judgement.status === 'No certificate') isUnchecked = true;
      yield { ...settled, judgement };
    }
  }

  /** Judges again what lacks a certificate, once that was looked for, and what CAs were asked about. */
  async function settle(judged: JudgedObservation): Promise<Settled> {
    const { observation } = judged;
    let { judgement } = judged;
    if (!issuers.learn(judged) && fetcher !== null) {
      const fetched = await issuers.finish();
      judgement = issuers.judge(observation);
      await inventory?.saveCertificates(fetched);
    }
    const revocations = await inquiry?.ask({ observation, judgement }, signal);
    if (revocations !== undefined && revocations.size > 0)
      judgement = issuers.judge(observation, revocations);
    const final = { observation, judgement };
    if (judgement !== judged.judgement) await inventory?.replaceJudgements([final], new Date().toISOString());
    return { ...final, ...(revocations && { revocations }) };
  }

  async function* reports(): AsyncGenerator<EndpointReport | MailReport> {
    for await (const judged of check(entries)) yield toReport(judged, context);
    for (const [index, plan] of mail.entries()) {
      const servers: MailServerReport[] = [];
      for await (const judged of check(mailEntries[index] ?? [])) {
        const exchanger = findExchanger(plan, judged.observation.endpoint);
        const report = toReport(judged, context);
        const steps = checkMailSteps(judged, report.chain, context.now);
        if (exchanger) servers.push({ ...report, exchanger, steps });
      }
      if (!signal.aborted) yield { plan, servers };
    }
  }

  const planned = [...spec.targets, ...mail.flatMap(({ targets }) => targets)];
  await inventory?.startRun({
    id: run,
    definition: { ...formatPlanSpec({ ...spec, targets: planned, seed: run }), ...describeFlags(flags) },
    startedAt: new Date().toISOString(),
    endedAt: null,
    state: 'running',
    planSize: entries.length + mailEntries.flat().length,
    counts: {},
  });
  let isDone = false;
  try {
    await writeStream(process.stdout, flags.json ? writeJson(reports()) : writeText(reports(), context.now));
    isDone = true;
  } finally {
    inquiry?.close();
    const state = signal.aborted ? 'interrupted' : isDone ? 'completed' : 'failed';
    await inventory?.finishRun(run, { endedAt: new Date().toISOString(), state, counts });
  }
  for (const { detail, url } of fetcher?.failures ?? []) {
    process.stderr.write(`certsweep: no issuer from ${quotePeer(url)}: ${quotePeer(detail)}\n`);
  }
  if (signal.aborted) return EXIT_CODES.interrupted;
  const { failOn } = flags;
  if (failOn === undefined) return EXIT_CODES.done;
  if ([...severities].some((severity) => isAtLeast(severity, failOn))) return EXIT_CODES.findings;
  return isUnchecked ? EXIT_CODES.unfinished : EXIT_CODES.done;
}

function toReport({ observation, judgement, revocations }: Settled, context: JudgeContext): EndpointReport {
  const { endpoint, handshake, otherChains = [] } = observation;
  return {
    record: toObservationRecord(observation, judgement),
    chain: checkChain(handshake?.presentedChain ?? [], endpoint, context),
    otherChains: otherChains
      .slice(0, MAX_OTHER_CHAINS)
      .map((chain) => checkChain(chain, endpoint, context))
      .filter((chain) => chain !== null),
    ...(revocations && { revocations }),
  };
}

/** How thorough the run was and what it was judged by, file names absolute, so that it can be told from anywhere. */
function describeFlags({
  defaultTrust,
  depth,
  policy,
  revocation,
  timeout,
  trustStore = {},
  weakKeys,
}: CheckFlags): ScanDefinition {
  return {
    depth,
    trustStores: Object.fromEntries(Object.entries(trustStore).map(([name, file]) => [name, resolve(file)])),
    ...(timeout !== undefined && { timeout }),
    ...(!defaultTrust && { defaultTrust }),
    ...(policy !== undefined && { policy: resolve(policy) }),
    ...(revocation && { revocation }),
    ...(weakKeys && { weakKeys: weakKeys.map((file) => resolve(file)) }),
  };
}

async function* writeText(
  reports: AsyncIterable<EndpointReport | MailReport>,
  now: Date,
): AsyncGenerator<string> {
  const style = makeTextStyle(process.stdout, process.env.NO_COLOR);
  let separator = '';
  for await (const report of reports) {
    yield separator;
    yield 'plan' in report ? formatMailReport(report, style) : formatCheckReport(report, now, style);
    separator = `\n${'─'.repeat(style.width)}\n\n`;
  }
}

/** One array, an element for each endpoint or mail domain. */
async function* writeJson(reports: AsyncIterable<EndpointReport | MailReport>): AsyncGenerator<string> {
  let separator = '[\n';
  for await (const report of reports) {
    yield `${separator}${JSON.stringify('plan' in report ? toMailJson(report) : toJson(report), null, 2)}`;
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

function toJson({ chain, otherChains, record, revocations }: EndpointReport) {
  const answers = revocations ? Object.fromEntries(revocations) : null;
  return { ...record, chain, otherChains, revocations: answers };
}

function toMailJson({ plan, servers }: MailReport) {
  const { targets: _targets, kind, ...rest } = plan;
  return {
    ...rest,
    mx: kind,
    servers: servers.map((server) => ({
      preference: server.exchanger.preference,
      steps: server.steps,
      ...toJson(server),
    })),
  };
}
