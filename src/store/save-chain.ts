import type { Database } from 'better-sqlite3';
import type { Certificate } from '../model/certificate.js';
import type { Judgement } from '../model/judgement.js';
import type { FactMemory } from './fact-memory.js';
import { prepareFindOrInsert, prepareInsert } from './find-or-insert.js';
import { decodeHex, encodeHex } from './hex.js';
import { prepareSaveCertificate } from './save-certificate.js';
import { sha256 } from './sha256.js';

/** Finds or writes presented chains with their certificates, and returns their numbers. */
export interface SaveChain {
  /** A chain as it was sent. */
  sent(presented: readonly Uint8Array[], judgement: Judgement): number;
  /** A chain that another tool has told of without its bytes: the SHA-256, hex, of each certificate. */
  told(fingerprints: readonly string[], judgement: Judgement): number;
}

/** A certificate of a chain; its DER is null where nobody has sent it yet. */
interface Link {
  readonly hash: Uint8Array;
  readonly der: Uint8Array | null;
}

/** Prepares all statements that saving chains needs. */
export function prepareSaveChain(database: Database, memory: FactMemory): SaveChain {
  const saveCertificate = prepareSaveCertificate(database);
  const chains = prepareFindOrInsert(database, 'chain', ['content_hash'], []);
  const insertLink = prepareInsert(database, 'chain_certificate', ['chain_id', 'position', 'certificate_id']);
  const isComplete = database
    .prepare<[number], number>(
      `select not exists (
        select 1 from chain_certificate inner join certificate on certificate.id = certificate_id
        where chain_id = ? and length(der) = 0)`,
    )
    .pluck();

  function certificateId({ hash, der }: Link, facts: ReadonlyMap<string, Certificate>): number {
    const hex = encodeHex(hash);
    return memory.byContent(`${der ? 'certificate' : 'told certificate'} ${hex}`, () =>
      saveCertificate(hash, der, facts.get(hex)),
    );
  }

  function chainId(kind: string, links: readonly Link[], judgement: Judgement): number {
    const all = Buffer.concat(links.map(({ hash }) => hash));
    return memory.byContent(`${kind} ${all.toString('latin1')}`, () => {
      const { id, isNew } = chains({ content_hash: sha256(all) });
      if (!isNew && isComplete.get(id) === 1) return id;
      const facts = new Map(
        [...judgement.presented, ...(judgement.others ?? [])].map((each) => [each.fingerprintSha256, each]),
      );
      // The chain is new, or known by hearsay: then what was sent now completes its certificates.
      for (const [position, link] of links.entries()) {
        const certificate = certificateId(link, facts);
        if (isNew) insertLink({ chain_id: id, position, certificate_id: certificate });
      }
      return id;
    });
  }

  return {
    sent: (presented, judgement) =>
      memory.ofObject(presented, () =>
        chainId(
          'chain',
          presented.map((der) => ({ hash: sha256(der), der })),
          judgement,
        ),
      ),
    told: (fingerprints, judgement) =>
      chainId(
        'told chain',
        fingerprints.map((each) => ({ hash: decodeHex(each), der: null })),
        judgement,
      ),
  };
}
