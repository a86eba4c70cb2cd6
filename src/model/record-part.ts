/** Parts of a record that take looking up: who has no use for some may have them left empty. */
export const RECORD_PARTS = [
  'annotation',
  'certificate',
  /** Subject and public key of certificates. */
  'certificateDetails',
  /** Fingerprints of the presented chain. */
  'chain',
  /** Message, advice, citation and subject of findings, which have an id and a severity without. */
  'findingDetails',
  'findings',
  'grades',
  'handshake',
  'outcome',
  'path',
  /** Fingerprints of the path. */
  'pathCertificates',
  'plainTalk',
  'posture',
  'run',
] as const;

export type RecordPart = (typeof RECORD_PARTS)[number];

/** Nothing is left out. */
export const ALL_RECORD_PARTS: ReadonlySet<RecordPart> = new Set(RECORD_PARTS);
