import { readHostNamePattern } from '../host-name.js';
import { ipv4ShapeOf } from '../ipv4-shape.js';
import { isProblem } from '../problem.js';
import type { TargetSyntax } from '../target-syntax.js';

/** The characters that make a word an address, a network or a bracketed part of one. */
const ADDRESS_CHARACTERS = /[:/[\]]/;

/** A host name, resolved when its turn comes; as an exclude also `*.lab.example`. */
export const hostName: TargetSyntax = {
  name: 'host name',
  example: 'mail.example.org:25/smtp',
  description:
    'A host name, international ones too; all of its addresses are scanned, and the name is sent and judged by.',
  parse({ hosts, port }) {
    if (hosts === '' || ADDRESS_CHARACTERS.test(hosts)) return null;
    if (ipv4ShapeOf(hosts) !== null) return null;
    const name = readHostNamePattern(hosts);
    return isProblem(name) ? name : { hosts: [{ name }], port, serverName: null };
  },
};
