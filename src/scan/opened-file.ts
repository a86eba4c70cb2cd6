import { parseCertificate } from '../x509/certificate.js';
import { type FileFormat, type FileObject, readCertificateFile } from '../x509/certificate-file.js';
import { type Csr, parseCsr } from '../x509/csr.js';
import { DerError } from '../x509/der-error.js';
import type { ParsedCertificate, SubjectPublicKey } from '../x509/parsed-certificate.js';
import { PasswordError } from '../x509/password-error.js';
import { readPrivateKey } from '../x509/private-key.js';

/** One thing that a file holds, read. `friendlyName` is what its owner called it in a PKCS#12 file; null: nothing. */
export type OpenedObject = { readonly place: number; readonly friendlyName: string | null } & (
  | { readonly kind: 'certificate'; readonly der: Uint8Array; readonly parsed: ParsedCertificate }
  | { readonly kind: 'request'; readonly csr: Csr }
  /** Null: it is locked by a password. */
  | { readonly kind: 'private-key'; readonly publicKey: SubjectPublicKey | null }
  | { readonly kind: 'other'; readonly what: string }
  /** `der`: what should have been a certificate; null: it should have been something else. */
  | {
      readonly kind: 'unreadable';
      readonly what: string;
      readonly reason: string;
      readonly der: Uint8Array | null;
    }
);

/** A file of certificates, requests and keys, with all in it read. */
export interface OpenedFile {
  readonly format: FileFormat;
  /** In the order of the file, places from 1. */
  readonly objects: readonly OpenedObject[];
}

/**
 * Reads what a file holds. Throws DerError when it holds nothing that is known here, and PasswordError when a PKCS#12
 * file wants a password, or another one.
 */
export function openFile(bytes: Uint8Array, password?: string): OpenedFile {
  const { format, objects } = readCertificateFile(bytes, password);
  return { format, objects: objects.map((object, index) => openObject(object, index + 1, password)) };
}

function openObject(object: FileObject, place: number, password: string | undefined): OpenedObject {
  if (object.kind === 'other') return { ...object, place, friendlyName: null };
  if (object.kind === 'unreadable') return { ...object, place, friendlyName: null, der: null };
  const { friendlyName, kind } = object;
  try {
    switch (kind) {
      case 'certificate':
        return { place, friendlyName, kind, der: object.der, parsed: parseCertificate(object.der) };
      case 'request':
        return { place, friendlyName, kind, csr: parseCsr(object.der) };
      case 'private-key':
        return { place, friendlyName, kind, publicKey: readPrivateKey(object.block, password) };
    }
  } catch (error) {
    // A key that stays locked is no reason to be silent about the certificates beside it.
    if (error instanceof PasswordError) return { place, friendlyName, kind: 'private-key', publicKey: null };
    if (!(error instanceof DerError)) throw error;
    const der = kind === 'certificate' ? object.der : null;
    return { place, friendlyName, kind: 'unreadable', what: WORDS[kind], reason: error.message, der };
  }
}

const WORDS = { certificate: 'a certificate', request: 'a request', 'private-key': 'a private key' } as const;
