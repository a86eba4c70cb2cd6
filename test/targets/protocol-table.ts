import type { ProtocolPorts } from '../../src/targets/protocol-ports.js';

/** Protocols with default ports as the probe has them. */
export const PROTOCOL_TABLE: readonly ProtocolPorts[] = [
  { name: 'amqp', defaultPorts: [5672] },
  { name: 'ftp', defaultPorts: [21] },
  { name: 'http-upgrade', defaultPorts: [631] },
  { name: 'imap', defaultPorts: [143] },
  { name: 'irc', defaultPorts: [6667] },
  { name: 'ldap', defaultPorts: [389, 3268] },
  { name: 'lmtp', defaultPorts: [24] },
  { name: 'mssql', defaultPorts: [1433] },
  { name: 'mysql', defaultPorts: [3306] },
  { name: 'nats', defaultPorts: [4222] },
  { name: 'nntp', defaultPorts: [119] },
  { name: 'nut', defaultPorts: [3493] },
  { name: 'pop3', defaultPorts: [110] },
  { name: 'postgres', defaultPorts: [5432] },
  { name: 'rdp', defaultPorts: [3389] },
  { name: 'sieve', defaultPorts: [4190] },
  { name: 'smtp', defaultPorts: [25, 587] },
  { name: 'telnet', defaultPorts: [23] },
  { name: 'vnc', defaultPorts: [5900] },
  { name: 'xmpp-client', defaultPorts: [5222] },
  { name: 'xmpp-server', defaultPorts: [5269] },
];
