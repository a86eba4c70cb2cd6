import type { Endpoint } from '../model/endpoint.js';
import type { Budget } from './budget.js';
import { Connection } from './connection.js';
import { readFirstLine } from './dialog/first-line.js';
import { toPrintable } from './dialog/printable.js';
import { GreetedStream } from './greeted-stream.js';
import type { ClosableStream } from './hello/discover-chain.js';
import { PlainTextStream } from './plain-text-stream.js';
import { ProbeFailure } from './probe-failure.js';
import { type HttpProxy, openThroughProxy } from './proxy.js';
import type { StarttlsProtocol, Upgrade } from './starttls-protocol.js';
import { starttlsProtocols } from './starttls-protocols.js';

/** The name of implicit TLS among the protocols. */
export const IMPLICIT_TLS = 'tls';

/** Whom to speak to, and within which bounds. */
export interface ConversationOptions {
  readonly endpoint: Endpoint;
  readonly budget: Budget;
  readonly signal?: AbortSignal;
  /** Connections lead through it; absent: straight to the endpoint. */
  readonly proxy?: HttpProxy;
  /** Told, for each connection that leads straight to the endpoint, how long its address took to answer the connect. */
  readonly connected?: (address: string, ms: number) => void;
  /** Called when the first connection goes by in silence, in a protocol in which the server speaks first. */
  readonly onSilence?: () => void;
  /** An open connection to the endpoint, with which it begins; it is closed with the rest. */
  readonly first?: Connection;
  /** Connections that may be opened; absent: any number. */
  readonly maxConnections?: number;
}

/**
 * One protocol spoken with one endpoint, over as many connections as it takes, and what was heard of it in plain text.
 * Whoever makes one must `close()` it.
 */
export class Conversation {
  readonly protocol: string;
  readonly #options: ConversationOptions;
  readonly #connections: Connection[] = [];
  /** The connection that was there before, until it is needed. */
  #first: Connection | null;
  #isClosed = false;
  #firstWords: () => Buffer = () => NOTHING;
  #greeting: string | null = null;
  #plaintextAfterGoAhead: string | null = null;
  /** The stream of the last go-ahead. */
  #upgraded: GreetedStream | null = null;

  constructor(protocol: string, options: ConversationOptions) {
    this.protocol = protocol;
    this.#options = options;
    this.#first = options.first ?? null;
  }

  /** What the server said first on the latest connection, when that was no TLS. */
  get firstWords(): Buffer {
    return this.#firstWords();
  }

  /** What the server said first in plain text: one printable line; null: nothing. */
  get greeting(): string | null {
    return this.#greeting ?? readFirstLine(this.firstWords);
  }

  /** What the server said in plain text where TLS should have begun: one printable line; null: nothing. */
  get plaintextAfterGoAhead(): string | null {
    const late = this.#upgraded === null ? '' : toPrintable(this.#upgraded.firstWords.toString('latin1'));
    return this.#plaintextAfterGoAhead ?? (late === '' ? null : late);
  }

  /** The step that the latest connection is at. */
  get stage(): Connection['stage'] {
    return this.#connections.at(-1)?.stage ?? 'connect';
  }

  /** Opens one more connection and brings it to where TLS begins. Throws ProbeFailure. */
  async open(): Promise<ClosableStream> {
    const protocol = this.#findProtocol();
    const connection = await this.#connect();
    const hangUp = () => connection.close();
    if (protocol === null) {
      const stream = new GreetedStream(connection, hangUp);
      this.#firstWords = () => stream.firstWords;
      if (connection.buffered.length > 0) await stream.settle();
      return stream;
    }
    connection.stage = 'starttls';
    const upgrade = await this.#upgrade(connection, protocol);
    connection.stage = 'handshake';
    this.#upgraded = new GreetedStream(upgrade.stream, hangUp);
    return this.#upgraded;
  }

  /** Ends all connections at once; there will be no more. */
  close(): void {
    this.#isClosed = true;
    this.#first?.close();
    for (const connection of this.#connections) connection.close();
  }

  /** Null: none has to be spoken before TLS. */
  #findProtocol(): StarttlsProtocol | null {
    if (this.protocol === IMPLICIT_TLS) return null;
    const protocol = starttlsProtocols.get(this.protocol);
    if (!protocol) throw new TypeError(`no such protocol: ${this.protocol}`);
    return protocol;
  }

  async #connect(): Promise<Connection> {
    const { budget, connected, endpoint, proxy, signal } = this.#options;
    const { maxConnections = Number.POSITIVE_INFINITY } = this.#options;
    if (this.#connections.length >= maxConnections) throw finished();
    const { address, host, port } = endpoint;
    const bounds = { budget, ...(signal && { signal }) };
    let connection: Connection;
    if (this.#first !== null) {
      connection = this.#first;
      this.#first = null;
    } else if (proxy) connection = await openThroughProxy(proxy, { host: address ?? host, port }, bounds);
    else if (address !== null) {
      connection = await Connection.open({ ...bounds, address, port, ...(connected && { connected }) });
    } else throw unresolved(host);
    if (this.#isClosed) {
      connection.close();
      throw finished();
    }
    this.#connections.push(connection);
    return connection;
  }

  async #upgrade(connection: Connection, protocol: StarttlsProtocol): Promise<Upgrade> {
    const isFirst = this.#connections.length === 1;
    const stream = new PlainTextStream(connection, isFirst ? this.#options.onSilence : undefined);
    this.#firstWords = () => stream.firstWords;
    const upgrade = await protocol.upgrade(stream, this.#options.endpoint);
    this.#greeting ??= upgrade.greeting;
    // Plain text behind the go-ahead is no TLS, however it came there (command injection, CVE-2011-0411): out with it.
    const leftover = toPrintable(stream.take(stream.buffered.length).toString('latin1'));
    if (leftover !== '') this.#plaintextAfterGoAhead ??= leftover;
    return upgrade;
  }
}

const NOTHING = Buffer.alloc(0);

/** Ends a search that has had its share of connections, or is no longer of interest. */
function finished(): ProbeFailure {
  return new ProbeFailure('cancelled', 'connect', 'cancelled', 'no more connections are made');
}

function unresolved(host: string): ProbeFailure {
  return new ProbeFailure('unresolved', 'resolve', 'no-address', `no address is known for ${host}`);
}
