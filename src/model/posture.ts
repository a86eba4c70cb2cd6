/** Every version that a server can be asked for, oldest first. */
export const TLS_VERSIONS = ['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;

/** Name of a version. */
export type TlsVersion = (typeof TLS_VERSIONS)[number];

/**
 * How a server is set up, asked out of it hello by hello. Plain JSON. A question that the server left open is null,
 * never "no"; `unknown` says why.
 */
export interface Posture {
  /** Whether every question was answered that applies to the server. */
  readonly complete: boolean;
  /** Why not; null: it is complete. */
  readonly reason: string | null;
  /** Connections that were made to find all this out. */
  readonly connections: number;
  readonly versions: Readonly<Record<TlsVersion, boolean | null>>;
  /** One entry for each version offered, newest first. */
  readonly cipherSuites: readonly CipherSuiteSupport[];
  /** For TLS 1.3 and for the newest version before it, where offered. */
  readonly groups: readonly GroupSupport[];
  /** Short-lived keys with a size of their own that the server used, the shortest first. */
  readonly ephemeralKeys: readonly EphemeralKey[];
  /** Whether records are compressed on request, which gives secrets away (CVE-2012-4929). */
  readonly compression: boolean | null;
  /** RFC 5746. */
  readonly secureRenegotiation: boolean | null;
  /** Whether a needless retry at a lower version is turned away (RFC 7507). */
  readonly fallbackScsv: boolean | null;
  /** RFC 7627. */
  readonly extendedMasterSecret: boolean | null;
  /** RFC 7366. */
  readonly encryptThenMac: boolean | null;
  /** RFC 6520. */
  readonly heartbeat: boolean | null;
  /** Whether any answer came with an OCSP response (RFC 6066, section 8). */
  readonly ocspStapling: boolean | null;
  /** Application protocols accepted (RFC 7301), in the server's order; null: not known. */
  readonly alpn: readonly string[] | null;
  /** The distinct chains that were presented, in the order met. */
  readonly certificates: readonly PresentedCertificate[];
  /** Why something above is null or may be cut short, by its name. */
  readonly unknown: Readonly<Record<string, string>>;
}

/** The cipher suites that a server accepts in one version. */
export interface CipherSuiteSupport {
  readonly version: TlsVersion;
  /** Who decides between suites that both sides know; null: not known, or there is nothing to decide. */
  readonly order: 'server' | 'client' | null;
  /** IANA names: in the server's order where it has one, else the strongest first. */
  readonly names: readonly string[];
  /** False: there may be more. */
  readonly complete: boolean;
}

/** The key-exchange groups that a server accepts in one version. */
export interface GroupSupport {
  readonly version: TlsVersion;
  /** IANA names, in the order met. */
  readonly names: readonly string[];
  /** False: there may be more. */
  readonly complete: boolean;
}

/** A key made for one handshake, or so it ought to be, whose size the server chose. */
export interface EphemeralKey {
  readonly kind: 'dh' | 'rsa-export';
  readonly bits: number;
  /** Who is known to use this prime: `ffdhe2048`, `modp1024 (Oakley 2)`, `Postfix`; null: nobody in particular. */
  readonly name: string | null;
  /** Whether p and (p-1)/2 are prime; null: not tested, or no Diffie-Hellman. */
  readonly safePrime: boolean | null;
  /** The suite that it was first met with. */
  readonly cipherSuite: string;
}

/** One chain that a server presents. */
export interface PresentedCertificate {
  /** How its key is used: `RSA`, `ECDSA`, `DSS`; null where TLS 1.3 does not tell. */
  readonly authentication: string | null;
  /** SHA-256 of each certificate, lower-case hex, in sent order. */
  readonly chain: readonly string[];
}
