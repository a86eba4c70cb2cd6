import { exchangeSslv2Hello } from '../hello/exchange-sslv2-hello.js';
import { SSLV2_CIPHER_KINDS } from '../hello/sslv2-cipher-kinds.js';
import { ProbeFailure } from '../probe-failure.js';
import { type Answered, answered, unanswered } from './answered.js';
import type { Asker } from './asker.js';

/** What a server says in SSLv2. */
export interface Sslv2Support {
  readonly offered: Answered;
  /** Names of the cipher kinds, as the server lists them. */
  readonly cipherKinds: readonly string[];
}

/** No server knows more kinds than there are. */
const MAX_KINDS = SSLV2_CIPHER_KINDS.size;

/** To a server of our time an SSLv2 hello is noise: whatever else it answers is a no. */
const NO: ReadonlySet<string> = new Set(['alert', 'not-tls', 'malformed']);

/**
 * Finds out whether a server speaks SSLv2. An error in SSLv2 is a no as well: every cipher kind was offered, and Java
 * servers send it without speaking SSLv2.
 */
export async function findSslv2Support(asker: Asker): Promise<Sslv2Support> {
  const reply = await asker.converse(async (stream) => {
    try {
      return await exchangeSslv2Hello(stream);
    } catch (failure) {
      if (failure instanceof ProbeFailure && NO.has(failure.outcome)) return null;
      throw failure;
    }
  });
  switch (reply.kind) {
    case 'answer':
      return {
        offered: answered(reply.answer !== null),
        cipherKinds: (reply.answer?.cipherKinds ?? []).slice(0, MAX_KINDS).map(kindName),
      };
    case 'refusal':
      return {
        offered: (await asker.stillAnswers())
          ? answered(false)
          : unanswered(`the server does not answer any more: ${reply.detail}`),
        cipherKinds: [],
      };
    case 'unknown':
      return { offered: unanswered(reply.reason), cipherKinds: [] };
  }
}

function kindName(kind: number): string {
  return SSLV2_CIPHER_KINDS.get(kind) ?? `cipher-kind-0x${kind.toString(16).padStart(6, '0')}`;
}
