import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../../src/model/endpoint.js';
import type { Handshake } from '../../src/model/handshake.js';
import { Budget, type ProbeLimits } from '../../src/probe/budget.js';
import { Connection } from '../../src/probe/connection.js';
import { discoverChain } from '../../src/probe/hello/discover-chain.js';
import { probeEndpoint } from '../../src/probe/probe-endpoint.js';
import { starttlsProtocols } from '../../src/probe/starttls-protocols.js';
import { findObstacle } from './find-obstacle.js';
import { InteropLab } from './interop-lab.js';
import type { InteropCase, InteropServer } from './interop-server.js';
import type { ServerRoom } from './server-room.js';
import * as registry from './servers/index.js';

const LIMITS: ProbeLimits = { connectTimeoutMs: 5_000, timeoutMs: 15_000 };

const SERVERS: readonly InteropServer[] = Object.values(registry);

let lab: InteropLab;

beforeAll(async () => {
  lab = await InteropLab.open(SERVERS);
});

afterAll(() => lab.close());

async function probe(endpoint: Endpoint, handshake: 'hello' | 'full', room: ServerRoom): Promise<Handshake> {
  const result = await probeEndpoint(endpoint, { limits: LIMITS, handshake });
  expect(result, `the server wrote: ${room.said}`).toMatchObject({ outcome: 'tls', failure: null });
  if (result.handshake === null) throw new Error('an outcome of tls without a handshake');
  return result.handshake;
}

async function discover(endpoint: Endpoint, authentication: 'rsa' | 'ecdsa'): Promise<Handshake> {
  const { address, port, serverName } = endpoint;
  const budget = new Budget(LIMITS);
  const open = () => Connection.open({ address: address ?? '', port, budget });
  return discoverChain(open, { serverName, authentication });
}

async function expectChain(room: ServerRoom, each: InteropCase, handshake: 'hello' | 'full'): Promise<void> {
  const serverName = each.serverName ?? null;
  const endpoint: Endpoint = {
    host: serverName ?? '127.0.0.1',
    address: '127.0.0.1',
    port: room.port(each.port),
    protocol: each.protocol,
    serverName,
  };
  const learned = each.authentication
    ? await discover(endpoint, each.authentication)
    : await probe(endpoint, handshake, room);
  const toHex = (der: Uint8Array) => Buffer.from(der).toString('hex');
  const chain = room.chain(each.identity ?? 'main').map(({ der }) => toHex(der));
  expect({ version: learned.version, chain: learned.presentedChain.map(toHex) }).toEqual({
    version: each.version ?? 'TLSv1.3',
    chain,
  });
  const stapled = each.stapledFile === undefined ? null : await room.read(each.stapledFile);
  expect(learned.ocspResponse && toHex(learned.ocspResponse)).toEqual(stapled && toHex(stapled));
}

for (const server of SERVERS) {
  const obstacle = findObstacle(server);
  describe(server.name, () => {
    // What a developer's machine lacks is skipped aloud; continuous integration installs it, and has to have it.
    if (obstacle !== null && process.env.CI === 'true') {
      it('can be started', () => expect.unreachable(obstacle));
    } else if (obstacle !== null) {
      it.skip(obstacle, () => expect.unreachable());
    } else {
      for (const each of server.cases) {
        const handshakes = each.authentication ? ['hello' as const] : (each.handshakes ?? ['hello', 'full']);
        it.each(handshakes)(`${each.title}, with a handshake of kind %s`, async (handshake) => {
          await expectChain(await lab.room(server), each, handshake);
        });
      }
    }
  });
}

/** No package of Debian brings a server for these: they are held to transcripts alone. */
const WITHOUT_SERVER = ['amqp', 'mssql', 'telnet'];

describe('the list of servers', () => {
  it('has one for every STARTTLS protocol', () => {
    const tried = new Set(SERVERS.flatMap(({ cases }) => cases.map(({ protocol }) => protocol)));
    expect([...starttlsProtocols.keys()].filter((name) => !tried.has(name)).sort()).toEqual(WITHOUT_SERVER);
  });

  it('has no package that test/interop/install leaves out', () => {
    const script = readFileSync(path.join(import.meta.dirname, 'install'), 'utf8');
    const listed = new Set(
      /^packages=\(\n(.*?)\n\)$/ms
        .exec(script)?.[1]
        ?.split(/\s+/)
        .filter((word) => word !== ''),
    );
    const needed = SERVERS.flatMap(({ programs }) => programs.map((program) => program.package));
    expect(needed.filter((name) => !listed.has(name))).toEqual([]);
  });
});
