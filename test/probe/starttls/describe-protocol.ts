import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Budget } from '../../../src/probe/budget.js';
import { Connection } from '../../../src/probe/connection.js';
import { ProbeFailure } from '../../../src/probe/probe-failure.js';
import type { DialogContext, StarttlsProtocol, Upgrade } from '../../../src/probe/starttls-protocol.js';
import { type MadeCertificate, makeCertificate } from '../../fixtures/make-certificate.js';
import {
  type Script,
  type ScriptedServer,
  type Step,
  server,
  startScripted,
} from '../../servers/scripted.js';
import { MemoryStream } from '../memory-stream.js';
import { shakeHands } from '../shake-hands.js';

/** What the scripts may rely on being told. */
export const CONTEXT: DialogContext = { host: 'a.example', serverName: 'a.example', port: 8080 };

/** All that a protocol has to be shown to do. */
export interface ProtocolScripts {
  /** Dialogs that lead to TLS; the first one is also cut short at every turn. */
  readonly accepted: readonly {
    readonly name: string;
    readonly steps: readonly Step[];
    readonly greeting: string | null;
  }[];
  readonly refused: readonly {
    readonly name: string;
    readonly steps: readonly Step[];
    readonly code: string;
    readonly detail: string;
  }[];
  /** Answers that break the protocol's rules. */
  readonly malformed?: readonly { readonly name: string; readonly steps: readonly Step[] }[];
  /** An answer without end; null where every answer has a fixed length. */
  readonly endless: { readonly steps: readonly Step[]; readonly forever: string | Uint8Array } | null;
  readonly carrier?: 'tcp' | 'tds';
}

const SSH_GREETING = 'SSH-2.0-OpenSSH_9.2p1\r\n';
const TLS_ALERT = Buffer.from('15030300020246', 'hex');

let scripted: ScriptedServer | undefined;
let connection: Connection | undefined;

/** Holds the protocol to its scripts against real servers on loopback. */
export function describeProtocol(protocol: StarttlsProtocol, scripts: ProtocolScripts): void {
  const { carrier = 'tcp' } = scripts;
  let certificate: MadeCertificate;

  describe(`starttls ${protocol.name}`, () => {
    beforeAll(async () => {
      certificate = await makeCertificate({ dnsNames: ['a.example'] });
    });
    afterEach(async () => {
      connection?.close();
      await scripted?.close();
    });

    describe.each(['whole', 'bytewise'] as const)('with replies sent %s', (pace) => {
      it.each(scripts.accepted)('reaches TLS: $name', async ({ steps, greeting }) => {
        const upgrade = await talk(protocol, { steps, pace, ending: { certificate, carrier } });
        expect(upgrade.greeting).toBe(greeting);
        expect(await shakeHands(upgrade.stream)).toBe(Buffer.from(certificate.der).toString('hex'));
        expect(scripted?.deviation).toBeNull();
      });

      it.each(scripts.refused)('says that the server refused: $name', async ({ steps, code, detail }) => {
        const failure = await failToTalk(protocol, { steps, pace, ending: 'silence' });
        expect(failure).toMatchObject({ outcome: 'starttls-refused', stage: 'starttls', code });
        expect(failure.message).toContain(detail);
        expect(scripted?.deviation).toBeNull();
      });
    });

    it.each(scripts.malformed ?? [])('says that the answer is malformed: $name', async ({ steps }) => {
      const failure = await failToTalk(protocol, { steps, ending: 'silence' });
      expect(failure).toMatchObject({ outcome: 'malformed', stage: 'starttls' });
    });

    it('tells an SSH server for what it is', async () => {
      const failure = await failToTalk(protocol, { steps: [server(SSH_GREETING)], ending: 'silence' });
      expect(failure).toMatchObject({ outcome: 'not-tls', stage: 'starttls', code: 'wrong-protocol' });
      expect(failure.message).toContain('got an SSH server');
    });

    it('tells a server with implicit TLS for what it is', async () => {
      const failure = await failToTalk(protocol, { steps: [server(TLS_ALERT)], ending: 'silence' });
      expect(failure).toMatchObject({ outcome: 'not-tls', stage: 'starttls', code: 'implicit-tls' });
    });

    it.each(scripts.endless ? [scripts.endless] : [])(
      'gives up on an answer without end',
      async (endless) => {
        const ending = { forever: Buffer.from(endless.forever) };
        const failure = await failToTalk(protocol, { steps: endless.steps, ending });
        expect(failure).toMatchObject({ outcome: 'too-large', stage: 'starttls' });
        expect(failure.message).toContain('the most that is read');
      },
    );

    it('notices a server that leaves in the middle of what it says', async () => {
      const [dialog] = scripts.accepted;
      for (const steps of truncations(dialog?.steps ?? [])) {
        const failure = await failToTalk(protocol, { steps, ending: 'close' });
        expect(failure.outcome).toMatch(/^(?:closed|reset)$/);
        await scripted?.close();
      }
    });

    it('leaves what follows the go-ahead in the stream', async () => {
      const steps = scripts.accepted[0]?.steps ?? [];
      const last = steps.at(-1);
      if (last?.by !== 'server') return;
      const injected = server(Buffer.concat([last.bytes, Buffer.from('INJECTED')]));
      await talk(protocol, { steps: [...steps.slice(0, -1), injected], ending: 'silence' });
      expect(connection?.buffered.toString()).toBe('INJECTED');
    });

    it('survives any bytes', async () => {
      const said = scripts.accepted.map(({ steps }) =>
        Buffer.concat(steps.filter(({ by }) => by === 'server').map(({ bytes }) => bytes)),
      );
      const damage = fc.tuple(
        fc.constantFrom(...said),
        fc.nat(),
        fc.uint8Array({ maxLength: 8 }),
        fc.nat(16),
      );
      const anything = fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        damage.map(([bytes, at, insert, skip]) => {
          const position = at % (bytes.length + 1);
          return Buffer.concat([bytes.subarray(0, position), insert, bytes.subarray(position + skip)]);
        }),
      );
      await fc.assert(
        fc.asyncProperty(anything, fc.integer({ min: 1, max: 40 }), async (bytes, size) => {
          const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
            bytes.subarray(index * size, (index + 1) * size),
          );
          try {
            await protocol.upgrade(new MemoryStream(chunks), CONTEXT);
          } catch (failure) {
            expect(failure).toBeInstanceOf(ProbeFailure);
            expect((failure as ProbeFailure).message.length).toBeLessThan(400);
          }
        }),
        { numRuns: 150 },
      );
    });
  });
}

async function talk(protocol: StarttlsProtocol, script: Script): Promise<Upgrade> {
  scripted = await startScripted(script);
  const budget = new Budget({ connectTimeoutMs: 5000, timeoutMs: 8000 });
  connection = await Connection.open({ address: '127.0.0.1', port: scripted.port, budget });
  connection.stage = 'starttls';
  const upgrade = await protocol.upgrade(connection, CONTEXT);
  connection.stage = 'handshake';
  return upgrade;
}

async function failToTalk(protocol: StarttlsProtocol, script: Script): Promise<ProbeFailure> {
  const failure = await talk(protocol, script).then(
    () => null,
    (error: unknown) => error,
  );
  connection?.close();
  expect(failure).toBeInstanceOf(ProbeFailure);
  return failure as ProbeFailure;
}

/** The dialog cut short in the middle of each thing that the server says. */
function truncations(steps: readonly Step[]): Step[][] {
  return steps.flatMap((step, index) =>
    step.by === 'client'
      ? []
      : [[...steps.slice(0, index), server(step.bytes.subarray(0, Math.floor(step.bytes.length / 2)))]],
  );
}
