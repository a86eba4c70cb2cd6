import type { CertificateSpec } from '../fixtures/make-certificate.js';
import type { ServerRoom } from './server-room.js';

/** A program of another project, and the Debian package that brings it. */
export interface Program {
  /** A name to look for among the system's programs, or an absolute path; `*` stands for a version in it. */
  readonly file: string;
  readonly package: string;
}

/** One thing that a real server is asked for, and what it was set up to say. */
export interface InteropCase {
  readonly title: string;
  /** `tls`, or the name of a STARTTLS protocol. */
  readonly protocol: string;
  /** Label of the port; each label gets a free port of its own. */
  readonly port: string;
  /** Default: none is sent. */
  readonly serverName?: string;
  /** The identity whose chain is presented; default `main`. */
  readonly identity?: string;
  /** Default `TLSv1.3`. */
  readonly version?: string;
  /** Default: both. */
  readonly handshakes?: readonly ('hello' | 'full')[];
  /** The kind of certificate that is asked for, by the hello engine alone. */
  readonly authentication?: 'rsa' | 'ecdsa';
  /** The file of the room whose bytes are stapled; default: nothing is. */
  readonly stapledFile?: string;
}

/** Software of another project that speaks TLS, how to start it, and what it then has to be found saying. */
export interface InteropServer {
  readonly name: string;
  readonly programs: readonly Program[];
  /** It changes users or roots itself, or has to be started as another user. */
  readonly needsRoot?: boolean;
  /** Leaf certificates by name; default: `main` for interop.example with an EC key. */
  readonly identities?: Readonly<Record<string, CertificateSpec>>;
  readonly cases: readonly InteropCase[];
  /** Writes the configuration and starts the software; done when all its ports listen. */
  start(room: ServerRoom): Promise<void>;
}
