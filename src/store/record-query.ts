import type { Endpoint } from '../model/endpoint.js';
import type { Status } from '../model/judgement.js';
import type { Outcome } from '../model/outcome.js';
import type { RecordPart } from '../model/record-part.js';
import type { Matching } from '../query/query.js';

/** What records can be sorted by; the names are those of the columns that reports show. */
export const RECORD_SORT_KEYS = [
  'address',
  'commonName',
  'daysLeft',
  'expires',
  'firstSeen',
  'grade',
  'host',
  'issued',
  'issuer',
  'keyLength',
  'keyType',
  'lastScan',
  'lastSeen',
  'outcome',
  'port',
  'protocol',
  'serverName',
  'state',
  'stateSince',
  'status',
  'tlsVersion',
] as const;

/** One thing to sort records by. */
export type RecordSortKey = (typeof RECORD_SORT_KEYS)[number];

/** A key with its direction; what has no value comes last in both. */
export interface SortOrder<Key extends string> {
  readonly by: Key;
  readonly descending?: boolean;
}

/** Which records: those that meet every condition given; a list of values means any of them. */
export interface RecordFilter {
  readonly statuses?: readonly Status[];
  readonly outcomes?: readonly Outcome[];
  /** Ids of findings, of which the endpoint has at least one. */
  readonly findings?: readonly string[];
  /** The host as asked for, the address, or the server name; names in any case. */
  readonly host?: string;
  readonly port?: number;
  readonly protocol?: string;
  /** SHA-256, hex, of a certificate that the endpoint presents at any place. */
  readonly fingerprint?: string;
  /** UTC ISO-8601: the leaf's last moment is earlier. */
  readonly expiresBefore?: string;
}

/** Which observations to show, and in which order. */
export interface RecordQuery {
  /** This endpoint alone. */
  readonly endpoint?: Endpoint;
  /** All observations that were ever made, the latest first; default: one of each endpoint. */
  readonly history?: boolean;
  /** One scan run; default: what is true now, the last certificate of each endpoint. */
  readonly run?: string;
  /**
   * Also endpoints that gave no certificate, and the latest observation of each; default: only those that did, now or
   * in the past, with the observation that brought their last one.
   */
  readonly withOutcomes?: boolean;
  readonly where?: RecordFilter;
  /** What records must match besides. */
  readonly matching?: Matching;
  /**
   * As of when: whoever accepts findings in annotations does so until a day, and what is true now has expired when its
   * certificate has ended; default: as of `matching`, or as of each observation.
   */
  readonly now?: Date;
  /** Default: by address, port, protocol and name, which also settles what is equal otherwise. */
  readonly sort?: readonly SortOrder<RecordSortKey>[];
  readonly limit?: number;
  /** What somebody looks at: other parts of records may be left empty where that saves looking them up; default: all. */
  readonly parts?: ReadonlySet<RecordPart>;
}
