import { type RawBuilder, sql } from 'kysely';
import { value } from './certificate-field-columns.js';
import type { FieldColumn } from './field-column.js';
import { type Annotations, areNoAnnotations } from './read-annotations.js';

type Sql = RawBuilder<unknown>;

const NULL: Sql = sql`null`;

/** What is said of `endpoint` and the row `certificate`, which may be missing, as JSON of an `Annotation`; NULL: nothing. */
export function annotationOfEndpoint(annotations: Annotations): RawBuilder<string | null> {
  if (areNoAnnotations(annotations)) return sql`null`;
  const { hasEndpoints, rules } = annotations;
  const subject = sql`endpoint_subject(
    endpoint.address, endpoint.port, endpoint.protocol, endpoint.server_name, endpoint.host)`;
  return callAnnotationOf(annotations, [
    hasEndpoints ? factsOf(subject) : NULL,
    rules.kinds.has('cidr') ? sql`endpoint.address` : NULL,
    rules.kinds.has('name') ? sql`nullif(endpoint.host, '')` : NULL,
    rules.kinds.has('name') ? sql`nullif(endpoint.server_name, '')` : NULL,
  ]);
}

/** What is said of the row `certificate` by itself, wherever it is, as JSON of an `Annotation`; NULL: nothing. */
export function annotationOfCertificate(annotations: Annotations): RawBuilder<string | null> {
  if (areNoAnnotations(annotations)) return sql`null`;
  return callAnnotationOf(annotations, [NULL, NULL, NULL, NULL]);
}

/** What is said of a certificate (an expression for its SHA-256) and of no kind of them, as JSON of an `Annotation`. */
export function annotationOfDigest(sha256: Sql): RawBuilder<string | null> {
  return sql`annotation_of(
    null, ${factsOf(sql`'certificate ' || lower(hex(${sha256}))`)}, null, null, null, null, null, null, null)`;
}

/** What is said, by the ids of the fields that ask for it. */
export type AnnotationColumns = Readonly<Record<'notes' | 'owner' | 'tags' | 'unused', FieldColumn>>;

/** Answers to queries about what is said. */
export function annotationFieldColumns(annotation: Sql): AnnotationColumns {
  return {
    notes: value(sql`json_extract(${annotation}, '$.notes')`),
    owner: value(sql`json_extract(${annotation}, '$.owner')`),
    tags: { type: 'list', from: sql`json_each(${annotation}, '$.tags') as tag`, forms: [sql`tag.value`] },
    unused: value(sql`case when json_extract(${annotation}, '$.unused') then 'yes' else 'no' end`),
  };
}

function callAnnotationOf(
  { hasCertificates, rules: { kinds } }: Annotations,
  [ofEndpoint = NULL, address = NULL, host = NULL, serverName = NULL]: readonly Sql[],
): RawBuilder<string | null> {
  const ofCertificate = hasCertificates
    ? factsOf(sql`'certificate ' || lower(hex(certificate.sha256))`)
    : NULL;
  const isAsked = kinds.has('name') || kinds.has('issuer');
  return sql`annotation_of(${ofEndpoint}, ${ofCertificate}, ${address}, ${host}, ${serverName},
    ${isAsked ? sql`certificate.id` : NULL},
    ${kinds.has('name') ? sql`certificate.common_name` : NULL},
    ${kinds.has('name') ? sql`certificate.subject_alt_names` : NULL},
    ${kinds.has('issuer') ? sql`certificate.issuer` : NULL})`;
}

/** All that is said of a subject: an array of field, name and value. */
function factsOf(subject: Sql): Sql {
  return sql`(
    select json_group_array(json_array(said.field, said.name, said.value)) from annotation as said
    where said.subject = ${subject} and said.value is not null)`;
}
