import { type GradeReason, type Grades, type Letter, worstLetter } from '../model/grades.js';
import { CERTIFICATE_LETTER_RULES } from './certificate-letter-rules.js';
import type { ChainFacts } from './chain-facts.js';
import { CONFIGURATION_LETTER_RULES } from './configuration-letter-rules.js';
import type { EndpointFacts } from './endpoint-facts.js';
import { applyLetterRules, LETTER_RULE_SET, sortReasons } from './letter-rule.js';
import { findLetterScores, letterOfScore } from './letter-scores.js';

/** The letter of one presented chain. */
export interface CertificateGrade {
  readonly letter: Letter;
  readonly reasons: readonly GradeReason[];
}

/** Everything of a grade that is not about certificates. */
export type ConfigurationGrade = Pick<Grades, 'configuration' | 'complete' | 'scores' | 'reasons'>;

/** The grade of a server of which nothing is known that a letter could come from. */
export const UNKNOWN_CONFIGURATION: ConfigurationGrade = {
  configuration: null,
  complete: false,
  scores: null,
  reasons: [],
};

/** Grades one presented chain. */
export function gradeCertificate(facts: ChainFacts): CertificateGrade {
  const reasons = applyLetterRules(CERTIFICATE_LETTER_RULES, 'certificate', facts);
  return { letter: worstLetter('A', ...reasons.map(({ cap }) => cap)) ?? 'A', reasons };
}

/**
 * Grades how a server is set up, by its posture. Where it was not asked, one handshake can prove a fault, whose letter
 * is then the best that it can have, but no merit: the letter is null.
 */
export function gradeConfiguration(facts: EndpointFacts): ConfigurationGrade {
  if (facts.handshake === null && facts.posture === null) return UNKNOWN_CONFIGURATION;
  const scores = findLetterScores(facts);
  const caps = applyLetterRules(CONFIGURATION_LETTER_RULES, 'configuration', facts);
  if (scores === null && caps.length === 0) return UNKNOWN_CONFIGURATION;
  const earned = scores && letterOfScore(scores.total);
  const reasons =
    scores && earned !== null && earned !== 'A' ? [...caps, toReason(scores.total, earned)] : caps;
  return {
    configuration: worstLetter(earned, ...caps.map(({ cap }) => cap)),
    complete: scores !== null && facts.posture?.complete === true,
    scores,
    reasons,
  };
}

/** Joins the letters of all chains that a server presents with that of its configuration; null: there is none. */
export function joinGrades(
  chains: readonly CertificateGrade[],
  configuration: ConfigurationGrade,
): Grades | null {
  const certificate = worstLetter(...chains.map(({ letter }) => letter));
  if (certificate === null && configuration.configuration === null) return null;
  const known = new Set<string>();
  const ofChains = chains
    .flatMap(({ reasons }) => reasons)
    .filter(({ rule }) => {
      const isNew = !known.has(rule);
      known.add(rule);
      return isNew;
    });
  return {
    ruleSet: LETTER_RULE_SET,
    certificate,
    configuration: configuration.configuration,
    complete: configuration.complete,
    scores: configuration.scores,
    reasons: sortReasons([...ofChains, ...configuration.reasons]),
  };
}

/** The one letter of an endpoint: the worse of its two; null: it has no certificate that can be read. */
export function overallLetter(grades: Grades | null): Letter | null {
  return grades?.certificate == null ? null : worstLetter(grades.certificate, grades.configuration);
}

function toReason(total: number, cap: Letter): GradeReason {
  return {
    part: 'configuration',
    rule: 'score',
    cap,
    message: `protocols, key exchange and ciphers score ${total} of 100`,
    citation: 'SSL Labs SSL Server Rating Guide, "Methodology overview"',
  };
}
