import type { ByteStream } from './byte-stream.js';

/** What a dialog may want to know of the endpoint it speaks to. */
export interface DialogContext {
  /** The host as asked for: a name, or an address. */
  readonly host: string;
  /** The server name to speak of; null: none is known. */
  readonly serverName: string | null;
  readonly port: number;
}

/** What a finished dialog hands to the TLS engine. */
export interface Upgrade {
  /** Where TLS is to be spoken: the stream given, or one that wraps it (TDS). */
  readonly stream: ByteStream;
  /** What the server said first, one printable line; null: it says nothing before TLS. */
  readonly greeting: string | null;
}

/** One protocol whose sessions begin in plain text and turn to TLS on request. */
export interface StarttlsProtocol {
  /** The name in `port/name`, in records and in filters. */
  readonly name: string;
  /** For the documentation's table. */
  readonly title: string;
  /** Ports that mean this protocol when no other is asked for; empty: it is only spoken where it is asked for. */
  readonly defaultPorts: readonly number[];
  /** Standard and section. */
  readonly citation: string;
  /**
   * Speaks up to the go-ahead. No authentication is ever attempted. Plaintext that follows the go-ahead is left in
   * `stream.buffered`: the caller records it. Throws ProbeFailure: `starttls-refused` with the server's words when it
   * will not, `not-tls` when it speaks another protocol, or what the stream throws.
   */
  upgrade(stream: ByteStream, context: DialogContext): Promise<Upgrade>;
}
