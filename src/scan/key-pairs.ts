import type { SubjectPublicKey } from '../x509/parsed-certificate.js';
import { isSameKey } from '../x509/same-key.js';
import type { FilePlace } from './inspection.js';
import type { OpenedFile } from './opened-file.js';

/** A file, as it was named, and what it holds. */
export interface FileToPair {
  readonly name: string;
  readonly file: OpenedFile;
}

/** What a private key belongs to. */
export interface KeyPairs {
  /** The certificates and requests that have the key's public half. */
  findMatches(key: SubjectPublicKey): readonly FilePlace[];
  /** Says what is wrong with a key's company in a file; null: nothing. */
  findMismatch(key: SubjectPublicKey, place: number, file: string): string | null;
}

/** Keys that are compared one by one: pairs are looked for among few files, not in archives. */
const MAX_COMPARISONS = 20_000;

/** Finds the pairs of private keys, certificates and requests among files. */
export function findKeyPairs(files: readonly FileToPair[]): KeyPairs {
  const owners = files.flatMap(({ file, name }) =>
    file.objects.flatMap((object) => {
      if (object.kind === 'certificate')
        return [{ file: name, place: object.place, key: object.parsed.publicKey, isCertificate: true }];
      if (object.kind === 'request')
        return [{ file: name, place: object.place, key: object.csr.publicKey, isCertificate: false }];
      return [];
    }),
  );
  let comparisons = 0;

  const known = new Map<SubjectPublicKey, typeof owners>();
  const matchesOf = (key: SubjectPublicKey) => {
    let matches = known.get(key);
    if (matches === undefined) {
      matches = owners.filter((owner) => ++comparisons <= MAX_COMPARISONS && isSameKey(owner.key, key));
      known.set(key, matches);
    }
    return matches;
  };

  return {
    findMatches: (key) => matchesOf(key).map(({ file, place }) => ({ file, place })),
    findMismatch(key, place, file) {
      const here = owners.filter((owner) => owner.file === file);
      const rivals = here.some(({ isCertificate }) => isCertificate) ? here : owners;
      if (!rivals.some(({ isCertificate }) => isCertificate)) return null;
      const matches = matchesOf(key).filter((owner) => rivals.includes(owner));
      if (comparisons > MAX_COMPARISONS) return null;
      const what = `the private key at place ${place}`;
      if (matches.length === 0) {
        const where = rivals === here ? 'of the file' : 'that was given';
        return `${what} belongs to no certificate ${where}`;
      }
      const first = here.find(({ isCertificate }) => isCertificate);
      const match = matches.find(({ isCertificate }) => isCertificate);
      if (first === undefined || match === undefined || matches.includes(first)) return null;
      return `${what} belongs to the certificate at place ${match.place}, but a server takes the first, at place ${first.place}, for its own`;
    },
  };
}
