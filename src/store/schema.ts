import type { Generated } from 'kysely';
import type { AnnotationField } from '../model/annotation-fact.js';
import type { Validation } from '../model/certificate.js';
import type { EndpointState } from '../model/endpoint-state.js';
import type { Stage } from '../model/failure.js';
import type { Severity } from '../model/finding.js';
import type { Status } from '../model/judgement.js';
import type { Outcome } from '../model/outcome.js';
import type { PathStatus } from '../model/path.js';
import type { RevocationReason } from '../model/revocation.js';
import type { ScanRunState } from '../model/scan-run.js';

// Why tables of facts that share: thousands of endpoints refuse in the same words, present the same chain and deserve
// the same judgement. Each distinct fact is written once, under a natural key that is the same in every inventory (its
// own columns, or the SHA-256 of its content), and an observation is little more than the numbers of its facts. Saving
// twice therefore changes nothing, and merging inventories is set union. Times are milliseconds since 1970, UTC.
//
// Why some observations are packed: a network is mostly silence. An observation that says no more than how the probe of
// an address ended is an entry of four bytes in `bare_observation`. An endpoint is either in `endpoint` with all its
// observations as rows of `observation`, or all its observations are packed; whatever it says first, or is said by a
// finding, makes rows of them. `endpoint`, `observation` and what joins them therefore never need to look at packed ones
// to know all of an endpoint.
//
// Why there are two tables that are no facts: what is true now is a view over all observations, and lists of half a
// million endpoints shall not read ten observations of each to show fifty of them. `current_endpoint` keeps the outcome
// of that view, narrow enough to be read from end to end for a page, and `issuer_name` a part of it that would be long.
// Both follow from the facts alone: whoever saves keeps them true in the same transaction, whoever else changes facts
// (migrations, merges, pruning) calls `rebuildCurrentEndpoints`, and the result is the same (`fold-endpoint.ts`).

/** The tables of an inventory. */
export interface InventorySchema {
  scan_run: ScanRunTable;
  endpoint: EndpointTable;
  outcome: OutcomeTable;
  plain_talk: PlainTalkTable;
  handshake: HandshakeTable;
  stapled_response: StapledResponseTable;
  certificate: CertificateTable;
  chain: ChainTable;
  chain_certificate: ChainCertificateTable;
  posture: PostureTable;
  posture_chain: PostureChainTable;
  grading: GradingTable;
  waiver: WaiverTable;
  revocation_report: RevocationReportTable;
  judgement: JudgementTable;
  finding_rule: FindingRuleTable;
  judgement_finding: JudgementFindingTable;
  certificate_finding: CertificateFindingTable;
  key_comparison: KeyComparisonTable;
  observation: ObservationTable;
  bare_observation: BareObservationTable;
  endpoint_chain: EndpointChainTable;
  run_progress: RunProgressTable;
  plan_selection: PlanSelectionTable;
  revocation_answer: RevocationAnswerTable;
  annotation: AnnotationTable;
  issuer_name: IssuerNameTable;
  current_endpoint: CurrentEndpointTable;
  run_summary: RunSummaryTable;
  overview: OverviewTable;
  saved_report: SavedReportTable;
}

/** Scan runs; natural key: uuid. */
export interface ScanRunTable {
  id: Generated<number>;
  uuid: string;
  /** JSON. */
  definition: string;
  started_at: number;
  ended_at: number | null;
  state: ScanRunState;
  plan_size: number;
  /** JSON: observations by outcome. */
  counts: string;
  /** 1: it is to replace all others and has not yet, and views leave it out; else 0. */
  is_provisional: number;
}

/** Endpoints; natural key: all columns but the id. */
export interface EndpointTable {
  id: Generated<number>;
  /** Empty: the address itself. */
  host: string;
  /** 4 or 16 bytes in network order, so that order and ranges are those of numbers; empty: none. */
  address: Uint8Array;
  port: number;
  protocol: string;
  /** Empty: none. */
  server_name: string;
}

/** How probes ended: an outcome's name with the failure that explains it. */
export interface OutcomeTable {
  id: Generated<number>;
  content_hash: Uint8Array;
  name: Outcome;
  stage: Stage | null;
  code: string | null;
  detail: string | null;
}

/** What servers said in plain text: lines fit to be shown. */
export interface PlainTalkTable {
  id: Generated<number>;
  content_hash: Uint8Array;
  /** Null: nothing. */
  greeting: string | null;
  /** Where TLS should have begun; null: nothing. */
  after_go_ahead: string | null;
}

/** Combinations that servers negotiated. */
export interface HandshakeTable {
  id: Generated<number>;
  content_hash: Uint8Array;
  version: string;
  cipher_suite: string | null;
  key_exchange_group: string | null;
  compression: string | null;
}

/** Stapled OCSP responses as sent. */
export interface StapledResponseTable {
  id: Generated<number>;
  sha256: Uint8Array;
  der: Uint8Array;
}

/**
 * Certificates as sent, with the facts that lists and filters look at; natural key: sha256 of the DER. Of those that
 * another tool has told of without their bytes, the DER is empty and the facts are what it told; a row with the bytes is
 * the better one of two.
 */
export interface CertificateTable {
  id: Generated<number>;
  sha256: Uint8Array;
  der: Uint8Array;
  common_name: string | null;
  /** Null when the certificate could not be read; so are all facts then. */
  subject: string | null;
  issuer: string | null;
  /** JSON array of texts. */
  subject_alt_names: string | null;
  serial_number: string | null;
  not_before: number | null;
  not_after: number | null;
  key_type: string | null;
  key_bits: number | null;
  signature_algorithm: string | null;
  validation: Validation | null;
  spki_sha256: Uint8Array | null;
}

/** Presented chains; natural key: the SHA-256 over the fingerprints in sent order. */
export interface ChainTable {
  id: Generated<number>;
  content_hash: Uint8Array;
}

/** Which certificate stands where in a chain; position 0 is the leaf. */
export interface ChainCertificateTable {
  chain_id: number;
  position: number;
  certificate_id: number;
}

/** How servers are set up; those that are set up alike share a row. */
export interface PostureTable {
  id: Generated<number>;
  content_hash: Uint8Array;
  /** JSON. */
  content: string;
}

/** The chains that servers present besides the one of the handshake. */
export interface PostureChainTable {
  posture_id: number;
  chain_id: number;
}

/** What letters come from; endpoints with the same faults share a row. */
export interface GradingTable {
  id: Generated<number>;
  content_hash: Uint8Array;
  /** JSON. */
  content: string;
}

/** Who accepts findings, why and how long. */
export interface WaiverTable {
  id: Generated<number>;
  content_hash: Uint8Array;
  owner: string;
  reason: string;
  until: number;
}

/**
 * What CAs said of the certificates of a path when they were asked, and why nothing was learned of some: a fact that goes
 * with a judgement to those that follow it, so that none has to ask again.
 */
export interface RevocationReportTable {
  id: Generated<number>;
  content_hash: Uint8Array;
  /** JSON. */
  content: string;
}

/** Judgements, without their findings. */
export interface JudgementTable {
  id: Generated<number>;
  content_hash: Uint8Array;
  status: Status;
  grade: string | null;
  /** Null: nothing was graded. */
  grading_id: number | null;
  /** Null: it rests on no answer of a CA. */
  revocation_report_id: number | null;
  path_status: PathStatus;
  /** JSON array of names. */
  trust_stores: string;
  /** Certificates that the judgement names: fingerprints of 32 bytes, the path's first, leaf first. */
  fingerprints: Uint8Array;
  /** How many of them are the path. */
  path_length: number;
  path_reason: string | null;
  stapled_ocsp: string | null;
}

/** What findings have in common whatever they were found in. */
export interface FindingRuleTable {
  id: Generated<number>;
  content_hash: Uint8Array;
  name: string;
  severity: Severity;
  advice: string;
  citation: string;
}

/** The findings of a judgement, in its order. */
export interface JudgementFindingTable {
  judgement_id: number;
  position: number;
  rule_id: number;
  /** Place of the certificate at fault among the judgement's fingerprints. */
  subject: number | null;
  message: string;
  /** Null: nobody accepts it. */
  waiver_id: number | null;
}

/**
 * Findings that follow from comparing the keys of all certificates: what the last comparison found, made anew by each.
 * Natural key: certificate and name.
 */
export interface CertificateFindingTable {
  certificate_id: number;
  name: string;
  severity: Severity;
  message: string;
  advice: string;
  citation: string;
  /** Null: nobody accepts it. */
  waiver_id: number | null;
}

/**
 * Sets of RSA keys that were compared with each other for common primes. A set stays true whatever joins the inventory;
 * the natural key is the SHA-256 of the other columns. Keys are SHA-256 digests of 32 bytes, ascending.
 */
export interface KeyComparisonTable {
  id: Generated<number>;
  content_hash: Uint8Array;
  keys: Uint8Array;
  /** Those of them that share a prime with another one of them. */
  sharing: Uint8Array;
}

/** Observations of endpoints that have said something once; natural key: endpoint, run and time. */
export interface ObservationTable {
  endpoint_id: number;
  run_id: number;
  observed_at: number;
  /** The protocol that the plan had; null: the endpoint's own. */
  planned_protocol: string | null;
  outcome_id: number;
  /** Null: nothing was said in plain text. */
  plain_talk_id: number | null;
  handshake_id: number | null;
  stapled_response_id: number | null;
  /** Null: no certificate was presented. */
  chain_id: number | null;
  /** Null: the server was not asked. */
  posture_id: number | null;
  /** Derived from the facts, and the one thing here that changes: of two judgements the later counts. */
  judgement_id: number;
  /** When it was judged again; null: it was judged when it was made. */
  regraded_at: number | null;
}

/**
 * Observations of endpoints that never said anything. Natural key of each: address, port, protocol, run and time, which
 * is known to a tenth of a second here.
 */
export interface BareObservationTable {
  /** The first address of a /25 or /121, without its last byte where that is 0: order is that of addresses. */
  block: Uint8Array;
  port: number;
  protocol: string;
  run_id: number;
  outcome_id: number;
  /** As in `observation`; when it was judged again is not kept. */
  judgement_id: number;
  /** Four bytes each: the last of the address, and the tenths of seconds since the run started. */
  entries: Uint8Array;
}

/** Which endpoints have ever presented a chain, in their handshake or to other clients. */
export interface EndpointChainTable {
  chain_id: number;
  endpoint_id: number;
}

/** How far runs have got with their plans. */
export interface RunProgressTable {
  run_id: number;
  plan_digest: string;
  /** All entries of the plan before this one are done. */
  done_before: number;
  /** Bit i, least significant first: entry `done_before + i` is done. */
  done_beyond: Uint8Array;
  /** Observations besides the first of each entry. */
  extra: number;
}

/** Which part of its plan a run visits: numbers of entries, each as the varint of its distance to the one before. */
export interface PlanSelectionTable {
  run_id: number;
  /** Visited before the others, in this order. */
  first: Uint8Array;
  /** Left out, ascending. */
  without: Uint8Array;
}

/** What CAs said when they were asked; no fact but a memory that saves asking again, so that merging may leave it out. */
export interface RevocationAnswerTable {
  certificate_sha256: Uint8Array;
  /** The URL of the responder or list. */
  source: string;
  status: 'good' | 'revoked';
  revoked_at: number | null;
  reason: RevocationReason | null;
  /** Until when it is not asked again. */
  valid_until: number;
}

/**
 * What people say of endpoints, certificates and kinds of them, each entry by itself. Natural key: all but the last two
 * columns; of two values the later counts (`model/merge-annotation-facts.ts`), so that merging inventories stays set union.
 */
export interface AnnotationTable {
  /** As `formatAnnotationSubject` writes it. */
  subject: string;
  field: AnnotationField;
  /** Which tag, or the finding of a waiver; empty: the field has one value. */
  name: string;
  /** Null: it was taken away. */
  value: string | null;
  changed_at: number;
}

/** Derived: names of issuers, which many certificates share; some may be of no use any more. */
export interface IssuerNameTable {
  id: Generated<number>;
  /** With small letters, as it is sorted and searched. */
  name: string;
}

/** Derived: what is true now of each endpoint that has rows of observations, as far as lists filter and sort by it. */
export interface CurrentEndpointTable {
  endpoint_id: number;
  /** These five as in `endpoint`: what settles the order of equals should be at hand. */
  address: Uint8Array;
  port: number;
  protocol: string;
  server_name: string;
  host: string;
  /** The first observation. */
  first_seen: number;
  /** The latest observation, whatever it brought. */
  last_run_id: number;
  last_observed_at: number;
  /** The observation that counts: the latest that brought a certificate, or the latest where none ever did. */
  run_id: number;
  observed_at: number;
  /** Null: it has never presented a certificate. */
  state: EndpointState | null;
  /** When the first observation of this unbroken state was made. */
  state_since: number | null;
  /** 1: the certificate that counts was another one than the time before. */
  is_changed: number;
  /** Of the observation that counts, as in `observation`. */
  chain_id: number | null;
  /** The leaf. */
  certificate_id: number | null;
  judgement_id: number;
  /** Place of the status among `STATUSES`, worst first; what comparing keys found is heeded, annotations are not. */
  status_rank: number;
  grade: string | null;
  /** Of the leaf, as in `certificate`. */
  not_after: number | null;
  issuer_id: number | null;
  /** With small letters. */
  common_name: string | null;
  /** Of the observation that counts, as in `observation`. */
  outcome_id: number | null;
  handshake_id: number | null;
  /** Place of the gravest finding's severity among `SEVERITIES`, heeding what the status heeds; null: there is none. */
  severity_rank: number | null;
  /** Of the leaf, as in `certificate`; so are the next two. */
  not_before: number | null;
  key_type: string | null;
  key_bits: number | null;
}

/** Derived: what finished runs have found, in short; there may be none of a run. */
export interface RunSummaryTable {
  run_id: number;
  endpoints: number;
  certificates: number;
  expired: number;
  expiring: number;
  warnings: number;
  new_endpoints: number;
  new_certificates: number;
}

/** Derived: the current view in numbers, one row or none. */
export interface OverviewTable {
  id: number;
  /** JSON: `CurrentCounts`, and as of which moments they hold. */
  content: string;
  /** When certificates end, ascending: six bytes each, milliseconds since 1970, UTC. */
  expiries: Uint8Array;
}

/** Reports that people have saved; natural key: name. Of two definitions the later counts. */
export interface SavedReportTable {
  name: string;
  /** JSON: `SavedReport` without its name. Null: it was removed. */
  definition: string | null;
  changed_at: number;
}
