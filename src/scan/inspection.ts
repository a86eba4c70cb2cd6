import type { Certificate } from '../model/certificate.js';
import type { Finding } from '../model/finding.js';
import type { Judgement } from '../model/judgement.js';
import type { FileFormat } from '../x509/certificate-file.js';
import type { SignatureVerdict } from '../x509/signed-by.js';
import type { ChainCheck } from './check-chain.js';

/** What a certificate signing request says. Plain JSON. */
export interface RequestFacts {
  readonly fingerprintSha256: string;
  readonly commonName: string | null;
  readonly subject: string;
  /** The names asked for: `DNS:a.example`. */
  readonly subjectAltNames: readonly string[];
  readonly keyType: string;
  readonly keyBits: number | null;
  readonly signatureAlgorithm: string;
  /** Whether its own key verifies it. */
  readonly signature: SignatureVerdict;
  readonly spkiSha256: string;
}

/** Where something lies: a file as it was named, and the place in it, from 1. */
export interface FilePlace {
  readonly file: string;
  readonly place: number;
}

/** What is said of a private key: never the key. */
export interface PrivateKeyFacts {
  /** Locked by a password that was not given, so that nothing of it is known. */
  readonly locked: boolean;
  readonly keyType: string | null;
  readonly keyBits: number | null;
  /** SHA-256 of the public half, lower-case hex. */
  readonly spkiSha256: string | null;
  /** The certificates and requests that it belongs to. */
  readonly matches: readonly FilePlace[];
}

/** One thing that a file holds. */
export interface InspectedObject {
  readonly place: number;
  readonly kind: 'certificate' | 'request' | 'private-key' | 'other' | 'unreadable';
  /** What its owner called it in a PKCS#12 file; null: nothing. */
  readonly friendlyName: string | null;
  readonly certificate: Certificate | null;
  readonly request: RequestFacts | null;
  readonly key: PrivateKeyFacts | null;
  /** What `other` is, or should have been; null for the rest. */
  readonly what: string | null;
  /** Why it cannot be read; null: it can. */
  readonly reason: string | null;
}

/** A chain in a file, judged like a presented one. */
export interface InspectedChain extends Pick<Judgement, 'path' | 'findings' | 'status' | 'grade'> {
  readonly certificate: Certificate;
  readonly chain: ChainCheck;
}

/** All that there is to say of one file. Plain JSON. */
export interface Inspection {
  /** As it was named. */
  readonly file: string;
  readonly format: FileFormat;
  /** In the order of the file. */
  readonly objects: readonly InspectedObject[];
  /** The file as a server's chain file, then each server certificate that has no place in it, with its own path. */
  readonly chains: readonly InspectedChain[];
  /** Server certificates beyond those. */
  readonly omittedChains: number;
  /** All findings: of chains, requests and keys; most severe first. */
  readonly findings: readonly Finding[];
}
