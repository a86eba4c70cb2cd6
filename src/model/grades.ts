/** Letters of a grade, best first: `M` is for the wrong name, `T` for a certificate that is not trusted. */
export const LETTERS = ['A', 'A-', 'B', 'C', 'D', 'E', 'F', 'M', 'T'] as const;

/** One letter of a grade. */
export type Letter = (typeof LETTERS)[number];

/** What a letter is about: the certificate and its chain, or how the server is set up. */
export type GradePart = 'certificate' | 'configuration';

/** One reason why a letter is no better. */
export interface GradeReason {
  readonly part: GradePart;
  /** A noun of the fault in kebab case: the finding's id where there is one for it. */
  readonly rule: string;
  /** The best letter that it leaves. */
  readonly cap: Letter;
  /** One sentence; lower case, no full stop. */
  readonly message: string;
  /** The rule that says so. */
  readonly citation: string;
}

/** From 0 to 100, as the SSL Labs rating guide counts. */
export interface GradeScores {
  readonly protocol: number;
  readonly keyExchange: number;
  readonly cipher: number;
  /** 30 % protocol, 30 % key exchange, 40 % cipher; 0 where one of them is 0. */
  readonly total: number;
}

/** The letters of an endpoint and what they come from; certificate and configuration are kept apart. Plain JSON. */
export interface Grades {
  /** Which rules made them, with their version. */
  readonly ruleSet: string;
  /** Null: there is no certificate that can be read. */
  readonly certificate: Letter | null;
  /** Null: too little is known of how the server is set up. */
  readonly configuration: Letter | null;
  /** Whether all was known that the configuration's letter depends on; else it may be better than the server deserves. */
  readonly complete: boolean;
  /** Null: too little is known. */
  readonly scores: GradeScores | null;
  /** Worst first. */
  readonly reasons: readonly GradeReason[];
}

/** The worst of some letters, of which those that are not known do not count; null: none is known. */
export function worstLetter(...letters: readonly (Letter | null)[]): Letter | null {
  return letters.reduce(
    (worst, letter) => (worst === null || (letter !== null && isWorse(letter, worst)) ? letter : worst),
    null,
  );
}

/** Whether one letter is worse than another. */
export function isWorse(letter: Letter, other: Letter): boolean {
  return LETTERS.indexOf(letter) > LETTERS.indexOf(other);
}
