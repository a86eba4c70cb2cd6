import { type RawBuilder, sql } from 'kysely';
import type { FieldColumn, FieldColumns, SharedValues } from './field-column.js';

// Why by the fact: half a million endpoints share their certificates, judgements and handshakes, which lie all over the
// file. Reading those from one end to the other, once, takes a tenth of a second, looking one up for each endpoint ten
// times as long.

type Sql = RawBuilder<unknown>;

const CERTIFICATE: SharedValues = {
  key: sql`current.certificate_id`,
  from: sql`certificate`,
  fromKey: sql`certificate.id`,
};

const JUDGEMENT: SharedValues = {
  key: sql`current.judgement_id`,
  from: sql`judgement`,
  fromKey: sql`judgement.id`,
};

const GRADING: SharedValues = {
  key: sql`current.judgement_id`,
  from: sql`judgement inner join grading on grading.id = judgement.grading_id`,
  fromKey: sql`judgement.id`,
};

const HANDSHAKE: SharedValues = {
  key: sql`current.handshake_id`,
  from: sql`handshake`,
  fromKey: sql`handshake.id`,
};

const OUTCOME: SharedValues = {
  key: sql`current.outcome_id`,
  from: sql`outcome`,
  fromKey: sql`outcome.id`,
};

/** Fields that one fact answers, by the fact. */
const FIELDS_OF: readonly (readonly [SharedValues, readonly string[]])[] = [
  [
    CERTIFICATE,
    [
      'daysLeft',
      'fingerprintSha256',
      'hash',
      'serialNumber',
      'signatureAlgorithm',
      'spkiSha256',
      'subject',
      'subjectAltNames',
      'validation',
      'wildcard',
    ],
  ],
  [JUDGEMENT, ['path', 'pathReason', 'trustStores']],
  [GRADING, ['certificateGrade', 'configurationGrade', 'gradeReasons']],
  [HANDSHAKE, ['cipherSuite', 'compression', 'group', 'tlsVersion']],
  [OUTCOME, ['failure', 'outcome']],
];

/**
 * Answers to queries about what is true now, each looked up once for all endpoints that share the fact; `all` are the
 * answers in terms of the facts of one endpoint.
 */
export function sharedFieldColumns(all: FieldColumns): FieldColumns {
  const columns: Record<string, FieldColumn> = {
    advice: listFindings(sql`found.advice`, sql`rule.advice`),
    messages: listFindings(sql`found.message`, sql`found.message`),
    presentedChain: {
      type: 'keyed-list',
      parts: [
        {
          key: sql`current.chain_id`,
          from: sql`chain_certificate as link inner join certificate as sent on sent.id = link.certificate_id`,
          fromKey: sql`link.chain_id`,
        },
      ],
      forms: [sql`lower(hex(sent.sha256))`],
    },
  };
  for (const [shared, ids] of FIELDS_OF)
    for (const id of ids) {
      const column = all[id];
      if (column) columns[id] = share(column, shared);
    }
  return columns;
}

function share(column: FieldColumn, shared: SharedValues): FieldColumn {
  if (column.type === 'value') return { ...shared, type: 'keyed', value: column.value };
  if (column.type !== 'list') return column;
  const from = sql`${shared.from} cross join ${column.from}`;
  return { type: 'keyed-list', parts: [{ ...shared, from }], forms: column.forms };
}

/** What is found in an endpoint, waived or not, by itself and for its certificates. */
function listFindings(ofCertificate: Sql, ofJudgement: Sql): FieldColumn {
  return {
    type: 'keyed-list',
    parts: [
      {
        key: sql`current.judgement_id`,
        from: sql`(
          select found.judgement_id, ${ofJudgement} as text
          from judgement_finding as found inner join finding_rule as rule on rule.id = found.rule_id) as told`,
        fromKey: sql`told.judgement_id`,
      },
      {
        key: sql`current.chain_id`,
        from: sql`(
          select link.chain_id, ${ofCertificate} as text
          from certificate_finding as found
          inner join chain_certificate as link on link.certificate_id = found.certificate_id) as told`,
        fromKey: sql`told.chain_id`,
      },
    ],
    forms: [sql`told.text`],
  };
}
