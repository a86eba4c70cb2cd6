import type { Revocation, Revocations } from '../../model/revocation.js';
import type { ChainCheck } from '../../scan/check-chain.js';
import type { Field } from './fields.js';
import { quotePeer } from './quote-peer.js';
import type { Tone } from './text-style.js';

const TONES: Readonly<Record<Revocation['status'], Tone>> = {
  good: 'good',
  revoked: 'bad',
  unknown: 'warning',
};

/** What CAs said of each certificate of a path that they were asked about. */
export function listCheckRevocations(revocations: Revocations, chain: ChainCheck | null): Field[] {
  const answers = (chain?.path ?? []).flatMap(({ certificate, role }) => {
    const answer = revocations.get(certificate.fingerprintSha256);
    if (!answer) return [];
    const what = role === 'leaf' ? 'the certificate' : quotePeer(certificate.subject);
    return [{ text: `${what}: ${describe(answer)}`, tone: TONES[answer.status] }];
  });
  return answers.map((answer, index) => ({ label: index === 0 ? 'Revocation' : '', ...answer }));
}

function describe(answer: Revocation): string {
  switch (answer.status) {
    case 'good':
      return `not revoked, as ${quotePeer(answer.source)} says`;
    case 'revoked':
      return `REVOKED, as ${quotePeer(answer.source)} says`;
    case 'unknown':
      return `unknown: ${quotePeer(answer.why)}`;
  }
}
