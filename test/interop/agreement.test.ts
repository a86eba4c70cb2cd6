import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../../src/model/endpoint.js';
import type { Posture } from '../../src/model/posture.js';
import { type AgreementCase, endpointOf, listAgreementCases } from './agreement/agreement-case.js';
import { checkPostures, keyOf, scanPostures } from './agreement/find-postures.js';
import { OPENSSL_STARTTLS } from './agreement/openssl-client.js';
import { openRelay } from './agreement/relay.js';
import {
  askSslscan,
  inSeenOrder,
  SSLSCAN_PROGRAM,
  SSLSCAN_STARTTLS,
  throughSslscan,
} from './agreement/sslscan.js';
import { askTestssl, TESTSSL_PROGRAM, TESTSSL_STARTTLS, throughTestssl } from './agreement/testssl.js';
import { insistsOnCurve, throughOpenssl, viewWithOpenssl } from './agreement/through-openssl.js';
import { viewPosture } from './agreement/tls-view.js';
import { findObstacle } from './find-obstacle.js';
import { findProgram } from './find-program.js';
import { InteropLab } from './interop-lab.js';
import type { InteropServer, Program } from './interop-server.js';
import { OPENSSL_PROGRAM } from './openssl-program.js';
import type { ServerRoom } from './server-room.js';
import * as registry from './servers/index.js';

/** Some servers answer so slowly to whoever knocks often that a tool takes minutes: ProFTPD forks, upsd does one at a time. */
const TEST_TIMEOUT_MS = 180_000;

/** testssl.sh takes half a minute of one processor for each, so it sees three: two kinds of certificates, and STARTTLS. */
const FOR_TESTSSL = new Set(['nginx/sites', 'nginx/both', 'Postfix/smtp']);

/** upsd leaves the connection open when it refuses a hello, and sslscan waits each time: no longer than it has to. */
const LEAVES_OPEN = new Set(['NUT/nut']);

/** InspIRCd does that, too, and sslscan takes two minutes to agree; its port with implicit TLS has the same settings. */
const TOO_SLOW_FOR_SSLSCAN = new Set(['InspIRCd/irc']);

/** These want to see a client certificate. */
const DEMANDS_CERTIFICATE = new Set(['OpenSSL/client12', 'OpenSSL/client13']);

/** sslscan 2.0.7 lists no groups before TLS 1.3 for NSS, which answers with its whole flight in one record. */
const HIDES_OLD_GROUPS = new Set(['NUT']);

/** Go puts AES first for clients that do so, and ChaCha20 first for others. */
const ADAPTS_ORDER = new Set(['NATS server']);

const IANA_CURVES: Readonly<Record<string, string>> = {
  prime256v1: 'secp256r1',
  secp384r1: 'secp384r1',
  secp521r1: 'secp521r1',
};

const SERVERS: readonly InteropServer[] = Object.values(registry);
const TRIED = SERVERS.filter((server) => findObstacle(server) === null);

let lab: InteropLab;
let scanned: ReadonlyMap<string, { readonly posture: Posture | null }> = new Map();
let checked = scanned;

beforeAll(async () => {
  lab = await InteropLab.open(TRIED);
  const endpoints: Endpoint[] = [];
  for (const server of TRIED) {
    const room = await lab.room(server);
    endpoints.push(...listAgreementCases(server).map((each) => endpointOf(each, room)));
  }
  scanned = await scanPostures(endpoints);
  checked = await checkPostures(endpoints);
});

afterAll(() => lab.close());

/** The posture that the scan found. */
function postureOf(endpoint: Endpoint): Posture {
  const posture = scanned.get(keyOf(endpoint))?.posture;
  if (!posture) throw new Error(`no posture of ${keyOf(endpoint)}`);
  return posture;
}

/** The curve of the key in the certificate that is presented; null: no key on a curve, or several certificates. */
function curveOf({ certificates }: Posture, room: ServerRoom, server: InteropServer): string | null {
  const leaves = Object.keys(server.identities ?? { main: {} }).map((name) => room.chain(name)[0]);
  const shown = certificates.map(({ chain }) =>
    leaves.find((leaf) => leaf && fingerprint(leaf.der) === chain[0]),
  );
  const curves = shown.map((leaf) => IANA_CURVES[leaf?.publicKey.asymmetricKeyDetails?.namedCurve ?? '']);
  return curves.length === 1 ? (curves[0] ?? null) : null;
}

function fingerprint(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex');
}

/** Where a program is; without it there is nothing to agree with. */
function need(program: Program): string {
  const found = findProgram(program);
  if (found === null) throw new Error(`${program.file} is missing: install the package ${program.package}`);
  return found;
}

/** Hands over how a tool says STARTTLS; where it does not know how, it meets TLS at once, at a relay. */
async function reach<Result>(
  endpoint: Endpoint,
  known: ReadonlyMap<string, readonly string[]>,
  ask: (place: Endpoint, starttls: readonly string[]) => Promise<Result>,
): Promise<Result> {
  const starttls = known.get(endpoint.protocol);
  if (starttls) return ask(endpoint, starttls);
  const relay = await openRelay(endpoint);
  try {
    return await ask({ ...endpoint, port: relay.port, protocol: 'tls' }, []);
  } finally {
    await relay.close();
  }
}

/** What is needed to ask one endpoint, with what the scan found. */
async function prepare(server: InteropServer, each: AgreementCase) {
  const room = await lab.room(server);
  const endpoint = endpointOf(each, room);
  const posture = postureOf(endpoint);
  return { room, endpoint, posture, curve: curveOf(posture, room, server) };
}

/** A tool that Debian lacks on this machine is skipped aloud; continuous integration has to have it. */
function canRun(program: Program): boolean {
  return process.env.CI === 'true' || findProgram(program) !== null;
}

describe.concurrent.each(TRIED)('$name', { timeout: TEST_TIMEOUT_MS }, (server) => {
  describe.each(listAgreementCases(server))('$title', (each) => {
    it('leaves no question open', async () => {
      const { posture } = await prepare(server, each);
      expect(posture).toMatchObject({ complete: true, reason: null });
    });

    it('is the same to check as to scan', async () => {
      const { endpoint, posture } = await prepare(server, each);
      const { connections: _, ...rest } = posture;
      expect(checked.get(keyOf(endpoint))?.posture).toMatchObject(rest);
    });

    it.skipIf(!canRun(OPENSSL_PROGRAM))('is the same to openssl s_client', async () => {
      const { endpoint, posture, curve } = await prepare(server, each);
      const program = need(OPENSSL_PROGRAM);
      const said = await reach(endpoint, OPENSSL_STARTTLS, (place, starttls) =>
        viewWithOpenssl(program, place, starttls, { posture, curve }),
      );
      expect(said).toEqual(throughOpenssl(posture));
    });

    if (TOO_SLOW_FOR_SSLSCAN.has(`${server.name}/${each.port}`)) return;
    it.skipIf(!canRun(SSLSCAN_PROGRAM))('is the same to sslscan', async () => {
      const { room, endpoint, posture, curve } = await prepare(server, each);
      const openssl = need(OPENSSL_PROGRAM);
      const isBound = await reach(endpoint, OPENSSL_STARTTLS, (place, starttls) =>
        insistsOnCurve(openssl, place, starttls, { posture, curve }),
      );
      const limits = {
        onlyGroup: isBound ? curve : null,
        hidesOldGroups: HIDES_OLD_GROUPS.has(server.name),
        adaptsOrder: ADAPTS_ORDER.has(server.name),
      };
      const client = DEMANDS_CERTIFICATE.has(`${server.name}/${each.port}`)
        ? { chain: room.file('ec.chain.pem'), key: room.file('ec.key.pem') }
        : null;
      const timeoutSeconds = LEAVES_OPEN.has(`${server.name}/${each.port}`) ? 1 : 5;
      const program = need(SSLSCAN_PROGRAM);
      const said = await reach(endpoint, SSLSCAN_STARTTLS, (place, starttls) =>
        askSslscan(program, place, { client, starttls, timeoutSeconds }),
      );
      const cipherSuites = inSeenOrder(said.cipherSuites, posture, limits);
      expect({ ...said, cipherSuites }).toEqual(throughSslscan(posture, limits));
    });

    if (!FOR_TESTSSL.has(`${server.name}/${each.port}`)) return;
    it.skipIf(!canRun(TESTSSL_PROGRAM))('is the same to testssl.sh', async () => {
      const { room, endpoint, posture } = await prepare(server, each);
      const starttls = TESTSSL_STARTTLS.get(endpoint.protocol) ?? [];
      const outputFile = room.file(`testssl-${each.port}.json`);
      const said = await askTestssl(need(TESTSSL_PROGRAM), endpoint, { starttls, outputFile });
      expect(said).toEqual(throughTestssl(viewPosture(posture)));
    });
  });
});
