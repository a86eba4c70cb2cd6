import type { Endpoint } from '../model/endpoint.js';
import { formatAddress } from '../targets/address.js';
import { readHostName } from '../targets/host-name.js';
import { readPlainAddress } from '../targets/plain-address.js';
import { MAX_PORT } from '../targets/port-range.js';
import { isProblem } from '../targets/problem.js';
import { quoteWord } from '../targets/quote-word.js';
import type { Refuse } from './foreign-source.js';

/** Names of protocols have some twelve letters. */
const PROTOCOL = /^[a-z0-9-]{1,32}$/;

/** An endpoint in somebody else's words. */
export interface EndpointWords {
  /** A name or an address, as it was asked for; null: only the address is told. */
  readonly host: string | null;
  readonly address: string | null;
  readonly port: number | string;
  /** The server name that was sent; undefined: the host, where that is a name. Addresses are never sent. */
  readonly serverName?: string | null | undefined;
  readonly protocol?: string;
}

/** Reads an endpoint in the spelling of the inventory. */
export function readToldEndpoint(words: EndpointWords, fail: Refuse): Endpoint {
  const { protocol = 'tls' } = words;
  const named = words.host === null ? null : readToldAddress(words.host);
  const hostName = words.host === null || named !== null ? null : readName(words.host, fail);
  const address = words.address === null ? named : readToldAddress(words.address);
  if (words.address !== null && address === null)
    return fail(`has ${quoteWord(words.address)} where an address should be`);
  const host = hostName ?? address;
  if (host === null) return fail('has an endpoint without host and address');
  if (!PROTOCOL.test(protocol)) return fail(`has ${quoteWord(protocol)} where a protocol should be`);
  const serverName = words.serverName === undefined ? hostName : words.serverName;
  const isSendable = serverName !== null && serverName !== '' && readToldAddress(serverName) === null;
  return {
    host,
    address,
    port: readPort(words.port, fail),
    protocol,
    serverName: isSendable ? readName(serverName, fail) : null,
  };
}

/** Reads an address, in brackets or not, in canonical form; null: it is none. */
export function readToldAddress(text: string): string | null {
  const address = readPlainAddress(text.replace(/^\[(.*)\]$/, '$1'));
  return isProblem(address) ? null : formatAddress(address);
}

function readName(text: string, fail: Refuse): string {
  const name = readHostName(text);
  return isProblem(name) ? fail(`has a host ${quoteWord(text)}, which ${name.problem}`) : name;
}

function readPort(value: number | string, fail: Refuse): number {
  const port = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : value;
  if (typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= MAX_PORT) return port;
  return fail(`has ${quoteWord(String(value))} where a port should be`);
}
