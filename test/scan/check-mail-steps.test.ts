import { afterEach, describe, expect, it } from 'vitest';
import { createJudge } from '../../src/grade/judge.js';
import { DEFAULT_POLICY } from '../../src/grade/policy.js';
import { ownName } from '../../src/probe/dialog/own-name.js';
import { probeEndpoint } from '../../src/probe/probe-endpoint.js';
import { checkChain } from '../../src/scan/check-chain.js';
import { checkMailSteps, MAIL_STEPS } from '../../src/scan/check-mail-steps.js';
import { makeTrustStore } from '../../src/x509/trust-store.js';
import { type CertificateSpec, makeCertificate, NOW } from '../fixtures/make-certificate.js';
import {
  client,
  type Script,
  type ScriptedServer,
  type Step,
  server,
  startScripted,
} from '../servers/scripted.js';

let running: ScriptedServer | null = null;

afterEach(async () => {
  await running?.close();
  running = null;
});

async function stepsOf(script: Pick<Script, 'steps' | 'ending'>, now = NOW, trusts = true) {
  running = await startScripted(script);
  const endpoint = {
    host: 'mx.example',
    address: '127.0.0.1',
    port: running.port,
    protocol: 'smtp',
    serverName: 'mx.example',
  };
  const limits = { connectTimeoutMs: 5000, timeoutMs: 5000 };
  const result = await probeEndpoint(endpoint, { limits, handshake: 'hello' });
  const observation = { run: 'x', observedAt: NOW.toISOString(), endpoint, ...result };
  const ending = typeof script.ending === 'object' && 'certificate' in script.ending ? script.ending : null;
  const anchors = ending && trusts ? [ending.certificate.der] : [];
  const context = { policy: DEFAULT_POLICY, trustStores: [makeTrustStore('corp', anchors)], now };
  const chain = checkChain(result.handshake?.presentedChain ?? [], endpoint, context);
  const judged = { observation, judgement: createJudge(context)(observation) };
  const steps = checkMailSteps(judged, chain, now);
  return MAIL_STEPS.map((step) => {
    const { state, word } = steps[step];
    return `${step} ${state}${word === null ? '' : `: ${word}`}`;
  });
}

const GREETING = server('220 mx.example ESMTP\r\n');
const HELLO = client(`EHLO ${ownName()}\r\n`);
const OFFER = server('250-mx.example\r\n250 STARTTLS\r\n');
const START = client('STARTTLS\r\n');
const GO_AHEAD = server('220 go ahead\r\n');
const REST = ['tls skipped', 'certificate skipped', 'name skipped'];

const refusals: readonly { name: string; steps: readonly Step[]; expected: readonly string[] }[] = [
  {
    name: 'turns clients away at the greeting',
    steps: [server('554 no service\r\n')],
    expected: ['connect ok', 'greeting failed: 554', 'ehlo skipped', 'starttls skipped', ...REST],
  },
  {
    name: 'hangs up without a word',
    steps: [],
    expected: ['connect ok', 'greeting failed: closed', 'ehlo skipped', 'starttls skipped', ...REST],
  },
  {
    name: 'refuses EHLO',
    steps: [GREETING, HELLO, server('550 go away\r\n')],
    expected: ['connect ok', 'greeting ok', 'ehlo failed: 550', 'starttls skipped', ...REST],
  },
  {
    name: 'hangs up after its greeting',
    steps: [GREETING, HELLO],
    expected: ['connect ok', 'greeting ok', 'ehlo failed: closed', 'starttls skipped', ...REST],
  },
  {
    name: 'does not offer STARTTLS',
    steps: [GREETING, HELLO, server('250 mx.example\r\n')],
    expected: ['connect ok', 'greeting ok', 'ehlo ok', 'starttls failed: not offered', ...REST],
  },
  {
    name: 'offers STARTTLS and then refuses it',
    steps: [GREETING, HELLO, OFFER, START, server('454 no certificate\r\n')],
    expected: ['connect ok', 'greeting ok', 'ehlo ok', 'starttls failed: 454', ...REST],
  },
  {
    name: 'is no mail server',
    steps: [server('SSH-2.0-OpenSSH_9.9\r\n')],
    expected: ['connect ok', 'greeting failed: not-tls', 'ehlo skipped', 'starttls skipped', ...REST],
  },
];

describe('the steps of a mail server that', () => {
  it.each(refusals)('$name', async ({ steps, expected }) => {
    expect(await stepsOf({ steps, ending: 'close' })).toEqual(expected);
  });
});

const DAY_MS = 86_400_000;

const UP_TO_TLS = ['connect ok', 'greeting ok', 'ehlo ok', 'starttls ok', 'tls ok: TLSv1.3'];

const certificates: readonly {
  name: string;
  certificate: CertificateSpec;
  now?: Date;
  trusts?: boolean;
  expected: readonly string[];
}[] = [
  {
    name: 'a sound certificate',
    certificate: { dnsNames: ['mx.example'] },
    expected: ['certificate ok', 'name ok'],
  },
  {
    name: 'an expired certificate',
    certificate: { dnsNames: ['mx.example'] },
    now: new Date(NOW.getTime() + 61 * DAY_MS),
    expected: ['certificate failed: expired', 'name ok'],
  },
  {
    name: 'a certificate that is not valid yet',
    certificate: { dnsNames: ['mx.example'] },
    now: new Date(NOW.getTime() - 31 * DAY_MS),
    expected: ['certificate failed: not yet valid', 'name ok'],
  },
  {
    name: 'a certificate that nobody trusts',
    certificate: { dnsNames: ['mx.example'] },
    trusts: false,
    expected: ['certificate failed: self-signed', 'name ok'],
  },
  {
    name: 'a certificate for another host',
    certificate: { dnsNames: ['example.org'] },
    expected: ['certificate ok', 'name failed: mismatch'],
  },
];

describe('the steps of a mail server with', () => {
  it.each(certificates)('$name', async ({ certificate, now, trusts, expected }) => {
    const made = await makeCertificate(certificate);
    const steps = [GREETING, HELLO, OFFER, START, GO_AHEAD];
    const found = await stepsOf({ steps, ending: { certificate: made, carrier: 'tcp' } }, now, trusts);
    expect(found).toEqual([...UP_TO_TLS, ...expected]);
  });
});
