import { type Annotation, NO_ANNOTATION } from '../model/annotation.js';
import type { AnnotationEdit } from '../model/annotation-edit.js';
import { type AnnotationSubject, formatAnnotationSubject } from '../model/annotation-subject.js';
import type { Revocation } from '../model/revocation.js';
import type { SavedReport } from '../model/saved-report.js';
import { type AcceptObserved, prepareAcceptObserved } from './accept-observed.js';
import { describeStoreError } from './describe-store-error.js';
import { findCertificateAnnotation } from './find-certificate-annotation.js';
import { InventoryConnection } from './inventory-connection.js';
import { listAnnotations, type SubjectAnnotation } from './list-annotations.js';
import {
  findRevocationAnswer,
  listRevoked,
  type RevokedAnswer,
  saveRevocationAnswer,
} from './revocation-answer.js';
import { saveAnnotations } from './save-annotations.js';
import { readSavedReports, removeSavedReport, writeSavedReport } from './saved-reports.js';

/** What an inventory keeps beside what was observed: what people and CAs say, and reports that are saved. */
export class ToldInventory extends InventoryConnection {
  /** What one of the sources, the first of them first, said of a certificate and need not be asked again; null: nothing. */
  async findRevocation(
    fingerprint: string,
    sources: readonly string[],
    now: Date,
  ): Promise<Revocation | null> {
    return this.work('read', () => findRevocationAnswer(this.db, fingerprint, sources, now));
  }

  /** What was ever said of certificates that were revoked, by fingerprint (SHA-256, hex). */
  async revoked(): Promise<ReadonlyMap<string, RevokedAnswer>> {
    return this.work('read', () => listRevoked(this.db));
  }

  /** Keeps what a source said of a certificate, until then. */
  async saveRevocation(fingerprint: string, revocation: Revocation, validUntil: Date): Promise<void> {
    await this.work('save', () => saveRevocationAnswer(this.db, fingerprint, revocation, validUntil));
  }

  /**
   * Says something of endpoints, certificates or kinds of them from now on, all of it or, when it throws, nothing; tells
   * of how many it was not said already. `at` is UTC ISO-8601: where inventories merge, the latest counts.
   */
  async annotate(subjects: readonly AnnotationSubject[], edit: AnnotationEdit, at: string): Promise<number> {
    return await this.work('save', () => saveAnnotations(this.database, subjects, edit, Date.parse(at)));
  }

  /** What is said of some subjects, each by itself, or of all; a snapshot, however long it is read. */
  annotations(subjects?: readonly AnnotationSubject[]): AsyncIterable<SubjectAnnotation> {
    const asked = subjects?.map(formatAnnotationSubject);
    return this.stream((database) => listAnnotations(database, asked));
  }

  /** What is said of a certificate (SHA-256, hex), and of all that is like it, wherever it is. */
  async certificateAnnotation(fingerprint: string): Promise<Annotation> {
    for await (const annotation of this.stream((database) =>
      findCertificateAnnotation(database, this.db, fingerprint),
    ))
      return annotation;
    return NO_ANNOTATION;
  }

  /**
   * Prepares marking findings that somebody accepts as of `now`, wherever they were found; of rules those that there are by
   * then count. Null: nobody accepts anything.
   */
  async acceptor(now: Date): Promise<AcceptObserved | null> {
    const accept = await this.work('read', () => prepareAcceptObserved(this.database, now));
    if (accept === null) return null;
    return (findings, foundAt) => {
      try {
        return accept(findings, foundAt);
      } catch (error) {
        throw describeStoreError(error, this.path, 'read');
      }
    };
  }

  /** All saved reports, by name. */
  savedReports(): Promise<SavedReport[]> {
    return this.work('read', () => readSavedReports(this.database));
  }

  /** Saves a report in place of the one of its name; `at` is UTC ISO-8601: where inventories merge, the latest counts. */
  async saveReport(report: SavedReport, at: string): Promise<void> {
    await this.work('save', () => writeSavedReport(this.database, report, Date.parse(at)));
  }

  /** Removes a saved report; false: there is none of that name. */
  removeReport(name: string, at: string): Promise<boolean> {
    return this.work('save', () => removeSavedReport(this.database, name, Date.parse(at)));
  }
}
