import type { Failure } from '../model/failure.js';
import type { Judgement } from '../model/judgement.js';
import type { Observation } from '../model/observation.js';
import { findSmtpStep } from '../probe/dialog/smtp-step.js';
import type { ChainCheck } from './check-chain.js';

/** The steps from a mail server's port to a certificate that can be relied on, in order. */
export const MAIL_STEPS = ['connect', 'greeting', 'ehlo', 'starttls', 'tls', 'certificate', 'name'] as const;

/** One of the steps. */
export type MailStep = (typeof MAIL_STEPS)[number];

/** How one step went. */
export interface MailStepResult {
  /** `skipped`: a step before it failed, or it does not apply. */
  readonly state: 'ok' | 'failed' | 'skipped';
  /** A word or two: why it failed, or what it brought; null: nothing to say. */
  readonly word: string | null;
}

/** How every step went. */
export type MailSteps = Readonly<Record<MailStep, MailStepResult>>;

/** Tells how far mail would have got at a server. */
export function checkMailSteps(
  { observation, judgement }: { readonly observation: Observation; readonly judgement: Judgement },
  chain: ChainCheck | null,
  now: Date,
): MailSteps {
  const { endpoint, failure, greeting, handshake } = observation;
  const failedAt = failure === null ? null : findFailedStep(observation, failure);
  const reached = failedAt === null ? MAIL_STEPS.length : MAIL_STEPS.indexOf(failedAt);
  const upTo = (step: MailStep, word: string | null = null): MailStepResult => {
    const index = MAIL_STEPS.indexOf(step);
    if (index < reached) return { state: 'ok', word };
    return index === reached && failure !== null
      ? { state: 'failed', word: wordOf(failure, observation.outcome) }
      : SKIPPED;
  };
  // Who speaks TLS from the first byte needs no dialog.
  const isImplicit = endpoint.protocol === 'tls' && greeting === undefined;
  const dialog = (step: MailStep): MailStepResult => (isImplicit ? SKIPPED : upTo(step));
  return {
    connect: upTo('connect'),
    greeting: dialog('greeting'),
    ehlo: dialog('ehlo'),
    starttls: dialog('starttls'),
    tls: upTo('tls', handshake?.version ?? null),
    certificate: chain === null ? SKIPPED : judgeCertificate(judgement, now.getTime()),
    name: chain?.name ? judgeName(chain.name.matches) : SKIPPED,
  };
}

const SKIPPED: MailStepResult = { state: 'skipped', word: null };

function findFailedStep({ greeting }: Observation, failure: Failure): MailStep {
  switch (failure.stage) {
    case 'resolve':
    case 'connect':
      return 'connect';
    case 'starttls':
      return findSmtpStep(failure, greeting ?? null);
    default:
      return 'tls';
  }
}

function wordOf({ code, stage }: Failure, outcome: Observation['outcome']): string {
  if (stage === 'starttls' && outcome === 'starttls-refused')
    return code === 'not-offered' ? 'not offered' : code;
  return outcome;
}

/** A certificate will do when a path to an anchor was found and it is in its time. */
function judgeCertificate({ path, presented }: Judgement, now: number): MailStepResult {
  const [leaf] = presented;
  if (leaf?.notAfter && Date.parse(leaf.notAfter) < now) return { state: 'failed', word: 'expired' };
  if (leaf?.notBefore && Date.parse(leaf.notBefore) > now) return { state: 'failed', word: 'not yet valid' };
  return path.status === 'trusted' ? { state: 'ok', word: null } : { state: 'failed', word: path.status };
}

function judgeName(matches: boolean): MailStepResult {
  return matches ? { state: 'ok', word: null } : { state: 'failed', word: 'mismatch' };
}
