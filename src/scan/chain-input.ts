import type { JudgeContext } from '../grade/judge.js';
import { DEFAULT_POLICY, type Policy } from '../grade/policy.js';
import { parseCertificate } from '../x509/certificate.js';
import { DerError } from '../x509/der-error.js';
import { makeDistrust } from '../x509/distrust.js';
import { makeTrustStore, type TrustStore } from '../x509/trust-store.js';

/** A trust store as callers of the library have it. */
export interface NamedAnchors {
  /** What paths and findings call it: `mozilla` is the name of a store whose CAs the Baseline Requirements bind. */
  readonly name: string;
  /** Certificates in DER, such as `readTrustAnchors` finds in a file. */
  readonly anchors: readonly Uint8Array[];
}

/** What the library judges chains by. */
export interface ChainInput {
  readonly trustStores: readonly NamedAnchors[];
  /** Certificates in DER known from elsewhere: they prove what is missing, but make no path valid. */
  readonly intermediates?: readonly Uint8Array[];
  /** The moment to judge for. */
  readonly now: Date;
  /** What differs from the default policy; `parsePolicy` reads a whole one from YAML. */
  readonly policy?: Partial<Policy>;
}

/**
 * Makes a judge's context of plain bytes. Anchors and intermediates that cannot be read are as good as absent:
 * `inspectCertificates` says what is wrong with them.
 */
export function readChainInput({ intermediates, now, policy, trustStores }: ChainInput): JudgeContext {
  return {
    policy: { ...DEFAULT_POLICY, ...policy },
    trustStores: trustStores.map(({ anchors, name }) => readAnchors(name, anchors)),
    now,
    distrust: makeDistrust(now.getTime()),
    ...(intermediates && { intermediates: readAnchors('', intermediates) }),
  };
}

function readAnchors(name: string, ders: readonly Uint8Array[]): TrustStore {
  return makeTrustStore(name, ders.filter(isReadable));
}

function isReadable(der: Uint8Array): boolean {
  try {
    parseCertificate(der);
    return true;
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return false;
  }
}
