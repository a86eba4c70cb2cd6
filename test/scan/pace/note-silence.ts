/** A worker thread that notes silent ports of many addresses in a shared ledger. */
import { workerData } from 'node:worker_threads';
import { openSilenceLedger, type SilenceLedgerShare } from '../../../src/scan/pace/silence-ledger.js';

interface Notes {
  readonly share: SilenceLedgerShare;
  readonly addresses: readonly string[];
  readonly answering: readonly string[];
}

const { share, addresses, answering } = workerData as Notes;
const ledger = openSilenceLedger(share);
for (const address of addresses) ledger.silent(address);
for (const address of answering) ledger.answered(address);
