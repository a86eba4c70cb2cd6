/** Ports that belong together, under a name that people can remember. */
export interface PortList {
  readonly name: string;
  /** One phrase for help text. */
  readonly description: string;
  /** In the text form of port lists. */
  readonly ports: string;
}

const WEB = '443 4443 5001 7443 8006 8443-8445 8843 8888 9090 9443 10000 10443';
const MAIL = '24/lmtp 25/smtp 110/pop3 143/imap 465/tls 587/smtp 993/tls 995/tls 2525/smtp 4190/sieve';
const DIRECTORY = '389/ldap 636/tls 3268/ldap 3269/tls';
const DATABASE =
  '1433/mssql 2484/tls 3306/mysql 5432/postgres 6379-6380/tls 9042/tls 9142/tls 9200/tls 9440/tls 27017-27019/tls 50001/tls';
/** Remote access, chat, news, names, printing, messaging, clusters, management: what else commonly has a certificate. */
const OTHER = [
  '21/ftp 990/tls 989/tls',
  '23/telnet 992/tls 3389/rdp 5900/vnc 5986/tls 16993/tls',
  '119/nntp 563/tls 6667/irc 6697/tls 5222/xmpp-client 5223/tls 5269/xmpp-server 5270/tls 5061/tls 5349/tls',
  '853/tls 2083/tls 6514/tls 631/http-upgrade 631/tls',
  '4222/nats 5671/tls 5672/amqp 8883/tls 9093/tls 15671/tls 3493/nut',
  '2376/tls 2379-2380/tls 6443/tls 8140/tls 8200/tls 8501/tls 10250/tls 10257/tls 10259/tls',
  '902/tls 1311/tls 2087/tls 2096/tls 4848/tls 5601/tls 5989/tls 7002/tls 8089/tls 8531/tls 8834/tls 9392/tls',
].join(' ');

/** The named lists of ports that `--ports` takes. */
export const PORT_LISTS: readonly PortList[] = [
  { name: 'web', description: 'HTTPS and the usual places of web consoles', ports: WEB },
  { name: 'mail', description: 'SMTP, submission, IMAP, POP3, LMTP and ManageSieve', ports: MAIL },
  { name: 'directory', description: 'LDAP and the global catalog', ports: DIRECTORY },
  { name: 'database', description: 'SQL servers and other stores', ports: DATABASE },
  {
    name: 'all',
    description: 'all of these, and remote access, chat, news, messaging, printing, clusters and management',
    ports: [WEB, MAIL, DIRECTORY, DATABASE, OTHER].join(' '),
  },
];

/** Help text: one line for each named list. */
export function formatPortLists(): string {
  const width = Math.max(...PORT_LISTS.map((list) => list.name.length));
  return PORT_LISTS.map(
    ({ name, description, ports }) =>
      `${name.padEnd(width)}  ${description}${name === 'all' ? '' : `: ${ports.replaceAll('/tls', '')}`}`,
  ).join('\n');
}
