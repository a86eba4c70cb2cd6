import type { Failure } from '../../model/failure.js';

/** The steps of an SMTP dialog on the way to TLS. */
export type SmtpStep = 'greeting' | 'ehlo' | 'starttls';

/** How the failure of a server that refuses begins, by the step at which it does. */
export const SMTP_REFUSALS = {
  greeting: 'turned away at the greeting',
  hello: (verb: 'EHLO' | 'LHLO') => `${verb} was refused`,
  unknownHello: (verb: 'EHLO' | 'LHLO') => `the server knows no ${verb}`,
  starttls: 'STARTTLS was refused',
} as const;

/** Tells at which step an SMTP dialog failed; `greeting` is what the server said first, null: nothing. */
export function findSmtpStep({ code, detail }: Failure, greeting: string | null): SmtpStep {
  if (greeting === null || code === 'wrong-protocol' || code === 'implicit-tls') return 'greeting';
  if (detail.startsWith(SMTP_REFUSALS.greeting)) return 'greeting';
  if (detail.startsWith(SMTP_REFUSALS.starttls)) return 'starttls';
  if (detail.startsWith(SMTP_REFUSALS.unknownHello('EHLO'))) return 'ehlo';
  // Of a server that falls silent or hangs up after its greeting, no more is known than that.
  return code === 'not-offered' ? 'starttls' : 'ehlo';
}
