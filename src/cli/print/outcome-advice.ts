import type { Failure } from '../../model/failure.js';
import type { Outcome } from '../../model/outcome.js';

const BY_OUTCOME: Readonly<Record<Exclude<Outcome, 'tls'>, string>> = {
  refused:
    'Nothing listens on this port: start the service, or check that it listens on this address and that the port is right.',
  unreachable: 'Check routing and firewalls between this machine and the server, and that the server is up.',
  'connect-timeout':
    'Packets are dropped on the way: check that the server is up and that no firewall between here and there drops this port.',
  reset:
    'Look at the log of the server, and at firewalls or load balancers before it: something there breaks the connection off.',
  closed:
    'Look at the log of the server: it hangs up without a word, as it does when it limits clients or has no certificate.',
  'not-tls':
    'Check the port and the protocol: if TLS is begun by a command here, name the protocol after the port (25/smtp).',
  'starttls-refused': 'Turn STARTTLS on in the configuration of the server and give it a certificate.',
  alert:
    'Look the alert up in the log of the server: often the name sent is unknown to it (--server-name sends another).',
  'handshake-timeout':
    'The server accepts connections and falls silent: check that TLS is on for this port, or allow more time with --timeout.',
  malformed: 'What came is no sound TLS: check what really serves this port, and update it.',
  'too-large': 'The server sends far more than certificates: check what really serves this port.',
  unresolved: 'Check the spelling of the name, and the name servers of this machine.',
  cancelled: 'Run the check again: it was stopped.',
  internal: 'Run the check again with fewer things going on; if it happens again, report it with this text.',
};

const BY_CODE: Readonly<Record<string, string>> = {
  'implicit-tls':
    'The server speaks TLS from the first byte: name the port with /tls, or leave the protocol out.',
  'not-offered':
    'Turn STARTTLS on in the configuration of the server and give it a certificate; if it is on, a firewall on the way may hide it.',
};

/** What to do about an endpoint that brought no certificate. */
export function findOutcomeAdvice(outcome: Exclude<Outcome, 'tls'>, { code }: Failure): string {
  return BY_CODE[code] ?? BY_OUTCOME[outcome];
}
