import { ProbeFailure } from '../probe-failure.js';

/** How services that do not speak TLS introduce themselves or complain. */
const LOOKS: readonly (readonly [RegExp, string])[] = [
  [/^HTTP\//, 'HTTP'],
  [/^<(!doctype|html|\?xml)/i, 'HTML'],
  [/^SSH-/, 'SSH'],
  [/^220[ -]/, 'SMTP or FTP'],
  [/^\+OK/, 'POP3'],
  [/^\* (OK|BYE|PREAUTH)/, 'IMAP'],
  [/^RFB /, 'VNC'],
  [/^-ERR/, 'POP3 or Redis'],
  [/^AMQP/, 'AMQP'],
  [/^[{[]/, 'JSON'],
];

/** What a detail quotes of a peer's own words. */
const MAX_QUOTED_CHARACTERS = 100;

/** The code of a peer that answers in SSLv2. */
export const SSLV2_ANSWER = 'sslv2-answer';

/** The failure of a peer whose first bytes are no TLS record: what they look like, and the first line of them. */
export function notTls(firstBytes: Buffer): ProbeFailure {
  const text = firstBytes.subarray(0, 4 * MAX_QUOTED_CHARACTERS).toString('latin1');
  const look = looksBinary(firstBytes) ?? LOOKS.find(([pattern]) => pattern.test(text))?.[1];
  const said = quoteFirstLine(text);
  return new ProbeFailure(
    'not-tls',
    'handshake',
    look === 'SSLv2' ? SSLV2_ANSWER : 'not-tls',
    `${look ? `the answer looks like ${look}` : 'the answer is not TLS'}: "${said}"`,
  );
}

/** MySQL: three bytes of length, number 0, protocol 10. SSLv2: top bit of the length set, then an error or a greeting. */
function looksBinary(bytes: Buffer): string | undefined {
  const [first = 0, , third, fourth, fifth] = bytes;
  if (third === 0 && fourth === 0 && fifth === 10) return 'MySQL';
  if (first >= 0x80 && (third === 0 || third === 4)) return 'SSLv2';
  return undefined;
}

function quoteFirstLine(text: string): string {
  const line = text.split(/[\r\n]+/).find((part) => /[!-~]{3}/.test(part)) ?? text;
  const escaped = line.replace(/[^ !#-[\]-~]/g, (character) => {
    if (character === '"' || character === '\\') return `\\${character}`;
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return escaped.length <= MAX_QUOTED_CHARACTERS
    ? escaped
    : `${escaped.slice(0, MAX_QUOTED_CHARACTERS - 1)}…`;
}
