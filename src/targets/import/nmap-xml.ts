import type { ImportFormat } from '../import-format.js';
import type { FoundPort, ImportSink } from '../import-sink.js';
import { IMPLICIT_TLS } from '../protocol-ports.js';
import { quoteWord } from '../quote-word.js';
import { serviceProtocol } from '../service-protocol.js';

/*
 * Why saxes: it hands over one tag after another, so a file of any size takes the memory of one host, and it reads no
 * document type, so no entity can be declared, let alone expanded or fetched. It is loaded when there is a file to read, as its
 * table of letters takes more memory than all of ours.
 */

/** Characters between two tags: the longest are what a script of nmap found, some hundred thousand. */
const MAX_GAP = 16 * 1024 * 1024;
/** Elements within elements: the tables of nmap's scripts reach some ten levels. */
const MAX_DEPTH = 100;
/** Host names that nmap gives for one address: as typed, and by reverse look-up. */
const MAX_NAMES = 100;

type Attributes = Readonly<Record<string, string>>;

interface Host {
  readonly addresses: string[];
  readonly names: string[];
  readonly ports: Port[];
}

interface Port extends Pick<FoundPort, 'protocol'> {
  readonly number: string;
  readonly transport: string;
  readonly line: number;
  readonly isOpen: boolean;
}

/** The XML of nmap, and of masscan, which writes the same. */
export const nmapXml: ImportFormat = {
  name: 'nmap XML',
  writtenBy: '`nmap -oX`, `masscan -oX`',
  description:
    'Open TCP ports; host names that were typed become server names; what `-sV` recognised chooses the protocol.',
  recognises: (beginning) => /^\s*<(?:\?xml\s|!--|!DOCTYPE\s|nmaprun[\s>])/.test(beginning),
  async open(sink: ImportSink) {
    const { SaxesParser } = await import('saxes');
    const parser = new SaxesParser({ xmlns: false });
    let depth = 0;
    let gap = 0;
    let host: Host | null = null;
    let port: Port | null = null;

    const fail = (problem: string): never => sink.fail(problem, parser.line);
    parser.on('error', (error) => {
      fail(`is no sound XML: ${error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')}`);
    });
    parser.on('doctype', (doctype) => {
      if (doctype.includes('[')) fail('declares a document type of its own, which nmap never does');
    });
    parser.on('opentag', ({ name, attributes }) => {
      gap = 0;
      depth += 1;
      if (depth > MAX_DEPTH) fail(`nests more than ${MAX_DEPTH} levels deep`);
      if (depth === 1 && name !== 'nmaprun') {
        fail(`is of something else: its outermost element is ${quoteWord(name)}, not "nmaprun"`);
      }
      if (depth === 2 && name === 'host') host = { addresses: [], names: [], ports: [] };
      if (host === null) return;
      if (depth === 3 && name === 'address') readAddress(host, attributes);
      else if (depth === 4 && name === 'hostname') readName(host, attributes);
      else if (depth === 4 && name === 'port') {
        const { portid = '', protocol = '' } = attributes;
        port = { number: portid, transport: protocol, line: parser.line, isOpen: false };
      } else if (depth === 5 && port !== null) port = readPortDetail(port, name, attributes);
    });
    parser.on('closetag', () => {
      gap = 0;
      if (depth === 4 && port !== null && host !== null) {
        host.ports.push(port);
        port = null;
      }
      if (depth === 2 && host !== null) {
        addHost(host);
        host = null;
      }
      depth -= 1;
    });

    function readPortDetail(of: Port, name: string, attributes: Attributes): Port {
      if (name === 'state') return { ...of, isOpen: attributes.state === 'open' };
      return name === 'service' ? { ...of, protocol: protocolOf(attributes) } : of;
    }

    function protocolOf({ name = '', tunnel, method }: Attributes): string | undefined {
      if (tunnel === 'ssl') return IMPLICIT_TLS;
      // A name out of nmap's table of ports says nothing that the port does not.
      return method === 'table' ? undefined : serviceProtocol(name, sink.protocols);
    }

    function addHost({ addresses, names, ports }: Host): void {
      for (const { number, transport, line, isOpen, protocol } of ports) {
        if (transport !== 'tcp') sink.leaveOut('not TCP');
        else if (!isOpen) sink.leaveOut('closed or filtered');
        else {
          if (addresses.length === 0) sink.fail('has a host without an address', line);
          for (const address of addresses) {
            for (const name of names.length === 0 ? [null] : names) {
              sink.add({ address, name, port: number, protocol }, line);
            }
          }
        }
      }
    }

    return {
      write(text) {
        gap += text.length;
        if (gap > MAX_GAP) fail(`has more than ${MAX_GAP / 1024 / 1024} million characters in one place`);
        parser.write(text);
      },
      end() {
        if (depth > 0) fail('ends before the scan does, which was stopped or still runs');
        parser.close();
      },
    };
  },
};

function readAddress(host: Host, { addr, addrtype }: Attributes): void {
  // The third type is the hardware's (mac).
  if (addr !== undefined && (addrtype === 'ipv4' || addrtype === 'ipv6')) host.addresses.push(addr);
}

/** A name of type PTR is what the network's owner has written anywhere; nobody asked for it. */
function readName(host: Host, { name, type }: Attributes): void {
  if (type === 'user' && name !== undefined && host.names.length < MAX_NAMES && !host.names.includes(name)) {
    host.names.push(name);
  }
}
