import { IMPLICIT_TLS } from './protocol-ports.js';

/** What the scheme of a URL says about a server. */
export interface Scheme {
  readonly port: number;
  readonly protocol: string;
}

/** URL schemes whose servers have a certificate; ports are those of IANA's registry where it has one. */
export const SCHEMES: ReadonlyMap<string, Scheme> = new Map<string, Scheme>([
  ['amqp', { port: 5672, protocol: 'amqp' }],
  ['amqps', { port: 5671, protocol: IMPLICIT_TLS }],
  ['ftp', { port: 21, protocol: 'ftp' }],
  ['ftps', { port: 990, protocol: IMPLICIT_TLS }],
  ['https', { port: 443, protocol: IMPLICIT_TLS }],
  ['imap', { port: 143, protocol: 'imap' }],
  ['imaps', { port: 993, protocol: IMPLICIT_TLS }],
  ['ipp', { port: 631, protocol: 'http-upgrade' }],
  ['ipps', { port: 631, protocol: IMPLICIT_TLS }],
  ['irc', { port: 6667, protocol: 'irc' }],
  ['ircs', { port: 6697, protocol: IMPLICIT_TLS }],
  ['ldap', { port: 389, protocol: 'ldap' }],
  ['ldaps', { port: 636, protocol: IMPLICIT_TLS }],
  ['lmtp', { port: 24, protocol: 'lmtp' }],
  ['mariadb', { port: 3306, protocol: 'mysql' }],
  ['mongodb', { port: 27017, protocol: IMPLICIT_TLS }],
  ['mqtts', { port: 8883, protocol: IMPLICIT_TLS }],
  ['mssql', { port: 1433, protocol: 'mssql' }],
  ['mysql', { port: 3306, protocol: 'mysql' }],
  ['nats', { port: 4222, protocol: 'nats' }],
  ['nntp', { port: 119, protocol: 'nntp' }],
  ['nntps', { port: 563, protocol: IMPLICIT_TLS }],
  ['pop3', { port: 110, protocol: 'pop3' }],
  ['pop3s', { port: 995, protocol: IMPLICIT_TLS }],
  ['postgres', { port: 5432, protocol: 'postgres' }],
  ['postgresql', { port: 5432, protocol: 'postgres' }],
  ['rdp', { port: 3389, protocol: 'rdp' }],
  ['rediss', { port: 6379, protocol: IMPLICIT_TLS }],
  ['sieve', { port: 4190, protocol: 'sieve' }],
  ['sips', { port: 5061, protocol: IMPLICIT_TLS }],
  ['smtp', { port: 25, protocol: 'smtp' }],
  ['smtps', { port: 465, protocol: IMPLICIT_TLS }],
  ['submission', { port: 587, protocol: 'smtp' }],
  ['submissions', { port: 465, protocol: IMPLICIT_TLS }],
  ['telnet', { port: 23, protocol: 'telnet' }],
  ['telnets', { port: 992, protocol: IMPLICIT_TLS }],
  ['tls', { port: 443, protocol: IMPLICIT_TLS }],
  ['vnc', { port: 5900, protocol: 'vnc' }],
  ['wss', { port: 443, protocol: IMPLICIT_TLS }],
  ['xmpp', { port: 5222, protocol: 'xmpp-client' }],
]);
