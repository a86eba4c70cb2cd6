import { recogniseGreeting } from '../dialog/recognise-greeting.js';
import { ProbeFailure } from '../probe-failure.js';

/** What is no protocol of its own, but still tells something. */
const LOOKS: readonly (readonly [RegExp, string])[] = [
  [/^<(!doctype|html)/i, 'an HTML page'],
  [/^[{[]/, 'JSON'],
];

/** What a detail quotes of a peer's own words. */
const MAX_QUOTED_CHARACTERS = 100;

/** The code of a peer that answers in SSLv2. */
export const SSLV2_ANSWER = 'sslv2-answer';

/** The failure of a peer whose first bytes are no TLS record: what they look like, and the first line of them. */
export function notTls(firstBytes: Buffer): ProbeFailure {
  const text = firstBytes.subarray(0, 4 * MAX_QUOTED_CHARACTERS).toString('latin1');
  const isSslv2 = looksSslv2(firstBytes);
  const look = isSslv2
    ? 'SSLv2'
    : (recogniseGreeting(firstBytes)?.what ?? LOOKS.find(([pattern]) => pattern.test(text))?.[1]);
  const said = quoteFirstLine(text);
  return new ProbeFailure(
    'not-tls',
    'handshake',
    isSslv2 ? SSLV2_ANSWER : 'not-tls',
    `${look ? `the answer looks like ${look}` : 'the answer is not TLS'}: "${said}"`,
  );
}

/** SSLv2: the top bit of the length is set, then comes an error or a greeting. */
function looksSslv2(bytes: Buffer): boolean {
  const [first = 0, , third, fourth, fifth] = bytes;
  const isMysql = third === 0 && fourth === 0 && fifth === 10;
  return first >= 0x80 && (third === 0 || third === 4) && !isMysql;
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
