import { SaxesParser } from 'saxes';
import { starttlsProtocols } from '../../probe/starttls-protocols.js';
import { quoteWord } from '../../targets/quote-word.js';
import { serviceProtocol } from '../../targets/service-protocol.js';
import { makeTlsResult } from '../foreign-result.js';
import type { ForeignSink, ForeignSource, Refuse } from '../foreign-source.js';
import { readToldPem } from '../told-chain.js';
import { readToldEndpoint } from '../told-endpoint.js';
import { readToldTime } from '../told-time.js';

/** Characters between two tags: the longest are what a script of nmap found, some hundred thousand. */
const MAX_GAP = 16 * 1024 * 1024;
/** Elements within elements: the tables of nmap's scripts reach some ten levels. */
const MAX_DEPTH = 100;

/** Protocols that can be spoken before TLS; nmap's script does so where it takes a service for one of them. */
const PROTOCOLS = [...starttlsProtocols.values()];

type Attributes = Readonly<Record<string, string>>;

interface Host {
  address: string | null;
  name: string | null;
  readonly time: string | null;
  readonly ports: Port[];
}

interface Port {
  readonly number: string;
  readonly transport: string;
  readonly line: number;
  isOpen: boolean;
  protocol: string;
  hasScript: boolean;
  pem: string | null;
}

/** The XML of nmap, with what its script ssl-cert found: the certificate of each server, without its chain. */
export const nmapSslCert: ForeignSource = {
  origin: 'nmap',
  name: 'nmap XML',
  writtenBy: '`nmap --script ssl-cert -oX`',
  description:
    'Certificates of servers alone; nmap tells neither what is sent with them nor how TLS was spoken.',
  recognises: (beginning) => /^\s*<(?:\?xml\s|!--|!DOCTYPE\s|nmaprun[\s>])/.test(beginning),
  open(sink: ForeignSink) {
    const parser = new SaxesParser({ xmlns: false });
    let depth = 0;
    let gap = 0;
    let startedAt: string | null = null;
    let serverName: string | undefined;
    let host: Host | null = null;
    let port: Port | null = null;
    let isInScript = false;
    let pem: string[] | null = null;

    const fail: Refuse = (problem) => sink.fail(problem, parser.line);
    parser.on('error', (error) => {
      fail(`is no sound XML: ${error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')}`);
    });
    parser.on('doctype', (doctype) => {
      if (doctype.includes('[')) fail('declares a document type of its own, which nmap never does');
    });
    parser.on('text', (text) => {
      pem?.push(text);
    });
    parser.on('opentag', ({ name, attributes }) => {
      gap = 0;
      depth += 1;
      if (depth > MAX_DEPTH) fail(`nests more than ${MAX_DEPTH} levels deep`);
      if (depth === 1) {
        if (name !== 'nmaprun')
          fail(`is of something else: its outermost element is ${quoteWord(name)}, not "nmaprun"`);
        startedAt = readSeconds(attributes.start);
        serverName = /\btls\.servername=["']?([^\s,"'}]+)/.exec(attributes.args ?? '')?.[1];
      }
      if (depth === 2 && name === 'host') {
        const time = readSeconds(attributes.endtime) ?? startedAt;
        host = { address: null, name: null, time, ports: [] };
      } else if (host !== null) openInHost(host, name, attributes);
    });
    parser.on('closetag', () => {
      gap = 0;
      if (pem !== null && port !== null) {
        port.pem ??= pem.join('');
        pem = null;
      }
      if (depth === 5) isInScript = false;
      if (depth === 4) port = null;
      if (depth === 2 && host !== null) {
        addHost(host);
        host = null;
      }
      depth -= 1;
    });

    function openInHost(of: Host, name: string, attributes: Attributes): void {
      const { addr = null, addrtype, key } = attributes;
      // The third type is the hardware's (mac).
      if (depth === 3 && name === 'address' && addrtype !== 'mac') of.address ??= addr;
      else if (depth === 4 && name === 'hostname' && attributes.type === 'user')
        of.name ??= attributes.name ?? null;
      else if (depth === 4 && name === 'port') {
        port = openPort(attributes, parser.line);
        of.ports.push(port);
      } else if (port !== null && depth === 5) openInPort(port, name, attributes);
      else if (isInScript && depth === 6 && key === 'pem') pem = [];
    }

    function openInPort(of: Port, name: string, attributes: Attributes): void {
      if (name === 'state') of.isOpen = attributes.state === 'open';
      else if (name === 'service') of.protocol = protocolOf(attributes);
      else if (name === 'script' && attributes.id === 'ssl-cert') {
        isInScript = true;
        of.hasScript = true;
      }
    }

    function addHost({ address, name, ports, time }: Host): void {
      for (const { hasScript, isOpen, line, number, pem: text, protocol, transport } of ports) {
        if (transport !== 'tcp') sink.add('not TCP');
        else if (!isOpen || !hasScript) sink.add('without a certificate');
        else if (text === null) sink.add('with no more of the certificate than its name');
        else {
          const refuse: Refuse = (problem) => sink.fail(problem, line);
          const words = { host: name, address, port: number, protocol, serverName };
          const ders = [readToldPem(text, refuse)];
          const endpoint = readToldEndpoint(words, refuse);
          sink.add(makeTlsResult(endpoint, { kind: 'sent', ders, isWhole: false }, { observedAt: time }));
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

function openPort({ portid = '', protocol = '' }: Attributes, line: number): Port {
  return {
    number: portid,
    transport: protocol,
    line,
    isOpen: false,
    protocol: 'tls',
    hasScript: false,
    pem: null,
  };
}

/** Also a name that nmap has out of its table of ports alone decides what its script speaks. */
function protocolOf({ name = '', tunnel }: Attributes): string {
  return tunnel === 'ssl' ? 'tls' : (serviceProtocol(name, PROTOCOLS) ?? 'tls');
}

function readSeconds(value: string | undefined): string | null {
  return value !== undefined && /^\d{1,12}$/.test(value) ? readToldTime(Number(value) * 1000) : null;
}
