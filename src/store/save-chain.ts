import type { Database } from 'better-sqlite3';
import type { Certificate } from '../model/certificate.js';
import type { Judgement } from '../model/judgement.js';
import { CERTIFICATE_FACTS, toCertificateRow } from './certificate-row.js';
import type { FactMemory } from './fact-memory.js';
import { prepareFindOrInsert, prepareInsert } from './find-or-insert.js';
import { encodeHex } from './hex.js';
import { sha256 } from './sha256.js';

/** Finds or writes a presented chain with its certificates, and returns its number. */
export type SaveChain = (presented: readonly Uint8Array[], judgement: Judgement) => number;

/** Prepares all statements that saving chains needs. */
export function prepareSaveChain(database: Database, memory: FactMemory): SaveChain {
  const [fingerprint, ...factColumns] = CERTIFICATE_FACTS;
  const certificates = prepareFindOrInsert(database, 'certificate', [fingerprint], [...factColumns, 'der']);
  const chains = prepareFindOrInsert(database, 'chain', ['content_hash'], []);
  const insertLink = prepareInsert(database, 'chain_certificate', ['chain_id', 'position', 'certificate_id']);

  function certificateId(der: Uint8Array, facts: ReadonlyMap<string, Certificate>): number {
    const hash = sha256(der);
    const hex = encodeHex(hash);
    return memory.byContent(
      `certificate ${hex}`,
      () => certificates(toCertificateRow(hash, der, facts.get(hex))).id,
    );
  }

  return (presented, judgement) =>
    memory.ofObject(presented, () => {
      const all = Buffer.concat(presented.map(sha256));
      return memory.byContent(`chain ${all.toString('latin1')}`, () => {
        const { id, isNew } = chains({ content_hash: sha256(all) });
        if (!isNew) return id;
        const facts = new Map(
          [...judgement.presented, ...(judgement.others ?? [])].map((each) => [each.fingerprintSha256, each]),
        );
        for (const [position, der] of presented.entries())
          insertLink({ chain_id: id, position, certificate_id: certificateId(der, facts) });
        return id;
      });
    });
}
