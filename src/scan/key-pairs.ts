import { keyIdentity } from '../x509/key-identity.js';
import type { SubjectPublicKey } from '../x509/parsed-certificate.js';

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

/** What has the public half of a key. */
interface KeyOwner extends FilePlace {
  readonly key: SubjectPublicKey;
  readonly isCertificate: boolean;
}

/** Finds the pairs of private keys, certificates and requests among files. */
export function findKeyPairs(files: readonly FileToPair[]): KeyPairs {
  const owners = files.flatMap(({ file, name }) =>
    file.objects.flatMap((object): KeyOwner[] => {
      if (object.kind === 'certificate')
        return [{ file: name, place: object.place, key: object.parsed.publicKey, isCertificate: true }];
      if (object.kind === 'request')
        return [{ file: name, place: object.place, key: object.csr.publicKey, isCertificate: false }];
      return [];
    }),
  );
  const byKey = new Map<string, KeyOwner[]>();
  const byFile = new Map<string, KeyOwner[]>();
  for (const owner of owners) {
    add(byKey, keyIdentity(owner.key), owner);
    add(byFile, owner.file, owner);
  }
  const hasCertificates = owners.some(({ isCertificate }) => isCertificate);
  const matchesOf = (key: SubjectPublicKey) => byKey.get(keyIdentity(key)) ?? [];

  return {
    findMatches: (key) => matchesOf(key).map(({ file, place }) => ({ file, place })),
    findMismatch(key, place, file) {
      if (!hasCertificates) return null;
      const here = byFile.get(file) ?? [];
      const first = here.find(({ isCertificate }) => isCertificate);
      const matches = matchesOf(key).filter((owner) => first === undefined || owner.file === file);
      const what = `the private key at place ${place}`;
      if (matches.length === 0) {
        const where = first === undefined ? 'that was given' : 'of the file';
        return `${what} belongs to no certificate ${where}`;
      }
      const match = matches.find(({ isCertificate }) => isCertificate);
      if (first === undefined || match === undefined || matches.includes(first)) return null;
      return `${what} belongs to the certificate at place ${match.place}, but a server takes the first, at place ${first.place}, for its own`;
    },
  };
}

function add(groups: Map<string, KeyOwner[]>, name: string, owner: KeyOwner): void {
  const group = groups.get(name);
  if (group) group.push(owner);
  else groups.set(name, [owner]);
}
