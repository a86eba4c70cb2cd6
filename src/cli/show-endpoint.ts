import { type Endpoint, formatEndpoint } from '../model/endpoint.js';
import type { InventoryRecord } from '../model/inventory-record.js';
import { UsageError } from '../model/usage-error.js';
import { type ChainCheck, type ChainContext, checkChain } from '../scan/check-chain.js';
import { type EndpointHistory, readEndpointHistory } from '../scan/endpoint-history.js';
import { fixChain } from '../scan/fix-chain.js';
import { fillIssuerIndex, makeIssuerIndex } from '../scan/issuer-index.js';
import type { Inventory } from '../store/inventory.js';
import { writePem } from '../x509/write-pem.js';
import { EXIT_CODES, type ExitCode } from './exit-codes.js';
import { judgeInputOfRun } from './judge-input-of-run.js';
import { listAnnotationFields } from './print/annotation-fields.js';
import { formatCheckReport } from './print/check-report.js';
import { escapeTerminal } from './print/escape-terminal.js';
import { formatFields } from './print/fields.js';
import { quotePeer } from './print/quote-peer.js';
import { formatShowHistory } from './print/show-history.js';
import { makeTextStyle, type TextStyle } from './print/text-style.js';
import { writeStream } from './print/write-stream.js';
import { readJudgeContext } from './read-judge-context.js';
import type { ShowFlags } from './show-flags.js';

/** Chains that are explained besides the first: servers have one for each kind of key. */
const MAX_OTHER_CHAINS = 3;

/** Prints one endpoint: what is known last of it, explained, and its history; or its certificates as PEM. */
export async function showEndpoint(
  inventory: Inventory,
  endpoint: Endpoint,
  flags: ShowFlags,
): Promise<ExitCode> {
  const history = await readEndpointHistory(inventory, endpoint, flags.limit);
  if (flags.pem || flags.fixedChain) return writeChain(inventory, endpoint, history, flags);
  // Its last certificate, or what was found last where there never was one.
  const withOutcomes = history.lastWithCertificate === null;
  const now = flags.now ?? new Date();
  for await (const record of inventory.records({ endpoint, withOutcomes, now })) {
    const { certificates } = record.posture ?? { certificates: [] };
    const presented = record.handshake?.presentedChain ?? [];
    const others = certificates
      .map(({ chain }) => chain)
      .filter((chain) => chain.join() !== presented.join());
    const context = await readContext(inventory, record, flags);
    const explain = async (chain: readonly string[]) =>
      checkChain(await readChain(inventory, chain), endpoint, context);
    const chain = await explain(presented);
    const otherChains: ChainCheck[] = [];
    for (const other of others.slice(0, MAX_OTHER_CHAINS)) {
      const explained = await explain(other);
      if (explained) otherChains.push(explained);
    }
    const style = makeTextStyle(process.stdout, process.env.NO_COLOR);
    const { lastWithCertificate: _record, ...spans } = history;
    const text = flags.json
      ? `${JSON.stringify({ ...record, chain, otherChains, history: spans }, null, 2)}\n`
      : [
          formatCheckReport({ record, chain, otherChains }, flags.now ?? new Date(), style),
          ...formatAnnotation(record, style),
          `${formatShowHistory(history, record, style).join('\n')}\n`,
        ].join('\n');
    await writeStream(process.stdout, [text]);
  }
  return EXIT_CODES.done;
}

/** What people say of it; nothing where nobody says anything. */
function formatAnnotation(record: InventoryRecord, style: TextStyle): string[] {
  const fields = formatFields(listAnnotationFields(record), 2, style);
  return fields.length === 0 ? [] : [`${[style.paint('title', 'Annotations'), ...fields].join('\n')}\n`];
}

/** The chain that it presents, or the one that it should. */
async function writeChain(
  inventory: Inventory,
  endpoint: Endpoint,
  { lastWithCertificate: record, spans }: EndpointHistory,
  flags: ShowFlags,
): Promise<ExitCode> {
  const name = formatEndpoint(endpoint);
  if (record === null) return complain(`${name} has never shown a certificate`);
  if (spans[0]?.leaf === null && spans[0].to > record.observedAt) {
    tell(`${name} has shown no certificate since: this is from ${record.observedAt}`);
  }
  const presented = await readChain(inventory, record.handshake?.presentedChain ?? []);
  if (presented.length === 0)
    return complain(`another tool has told of the chain of ${name} without its bytes: there is no PEM of it`);
  if (!flags.fixedChain) {
    await writeStream(process.stdout, [writePem(presented)]);
    return EXIT_CODES.done;
  }
  const fixed = fixChain(presented, await readContext(inventory, record, flags));
  switch (fixed.kind) {
    case 'fixed':
      await writeStream(process.stdout, [writePem(fixed.certificates)]);
      return EXIT_CODES.done;
    case 'missing': {
      const [url] = fixed.urls;
      const where =
        url === undefined
          ? 'ask the CA for it, or name it with --trust-store name=file if it is a root of yours'
          : `get it from ${quotePeer(url)}, or let certsweep scan --fetch-issuers do so`;
      return complain(
        `the chain of ${name} cannot be completed: ${quotePeer(fixed.subject)}, the issuer of ${quotePeer(fixed.issuerOf)}, is not known; ${where}`,
      );
    }
    case 'hopeless':
      return complain(`no other chain file would help ${name}: ${quotePeer(fixed.reason)}`);
  }
}

async function readChain(inventory: Inventory, fingerprints: readonly string[]): Promise<Uint8Array[]> {
  const ders: Uint8Array[] = [];
  for (const fingerprint of fingerprints) {
    const der = await inventory.certificateDer(fingerprint);
    // A chain that another tool has told of in part is none that could be explained.
    if (der === null) return [];
    ders.push(der);
  }
  return ders;
}

/** What the record was judged by, as far as it is there still, and all that the inventory knows of issuers. */
async function readContext(
  inventory: Inventory,
  { observedAt, run: id }: InventoryRecord,
  flags: ShowFlags,
): Promise<ChainContext> {
  const intermediates = makeIssuerIndex();
  await fillIssuerIndex(intermediates, inventory);
  const now = flags.now ?? new Date(observedAt);
  const run = (await inventory.runs()).find((each) => each.id === id);
  const { defaultTrust, policy, trustStore } = flags;
  const asked = {
    defaultTrust,
    ...(trustStore && { trustStores: trustStore }),
    ...(policy !== undefined && { policy }),
  };
  if (run === undefined) return { ...(await readJudgeContext(asked, now)), intermediates };
  try {
    return { ...(await readJudgeContext(judgeInputOfRun(run, flags), now)), intermediates };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    // What the user names must be there; what the run named may be gone by now.
    const context = await readJudgeContext(asked, now);
    tell(`explained without what the run was judged by: ${error.message}`);
    return { ...context, intermediates };
  }
}

function complain(message: string): ExitCode {
  tell(message);
  return EXIT_CODES.unfinished;
}

function tell(message: string): void {
  process.stderr.write(`certsweep: ${escapeTerminal(message)}\n`);
}
