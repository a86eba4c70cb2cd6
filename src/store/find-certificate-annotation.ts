import type { Database } from 'better-sqlite3';
import type { Kysely } from 'kysely';
import type { Annotation } from '../model/annotation.js';
import { annotationOfCertificate } from './annotation-columns.js';
import { addAnnotationFunctions } from './annotation-functions.js';
import { decodeHex } from './hex.js';
import { readAnnotations } from './read-annotations.js';
import type { InventorySchema } from './schema.js';

/** Reads what is said of a certificate (SHA-256, hex) and of all that is like it; yields nothing where nothing is. */
export function* findCertificateAnnotation(
  database: Database,
  db: Kysely<InventorySchema>,
  fingerprint: string,
): Generator<Annotation> {
  const annotations = readAnnotations(database);
  addAnnotationFunctions(database, annotations.rules);
  const { sql, parameters } = db
    .selectFrom('certificate')
    .select(annotationOfCertificate(annotations).as('annotation'))
    .where('sha256', '=', decodeHex(fingerprint))
    .compile();
  const json = database
    .prepare<unknown[], string | null>(sql)
    .pluck()
    .get(...parameters);
  if (json) yield JSON.parse(json);
}
