/** Run in a network namespace of its own: scans while the network goes away and comes back, and prints what came of it. */
import { execFileSync } from 'node:child_process';
import { createJudge } from '../../../src/grade/judge.js';
import { DEFAULT_POLICY } from '../../../src/grade/policy.js';
import { makeStages } from '../../../src/scan/engine/make-stages.js';
import { runScan } from '../../../src/scan/run-scan.js';

function ip(words: string): void {
  execFileSync('ip', words.split(' '), { stdio: 'pipe' });
}

function plugIn(): void {
  ip('link add here type veth peer name there');
  ip('link set there up');
  ip('link set here up');
  ip('addr add 10.9.0.1/24 dev here');
  ip('route add 198.51.100.0/24 dev here');
}

const ENTRIES = 40;
plugIn();
const plan = {
  size: ENTRIES,
  endpointAt: (index: number) => {
    const address = `198.51.100.${index + 1}`;
    return { host: address, address, port: 443, protocol: 'tls', serverName: null };
  },
  isExcluded: () => false,
};
const judge = createJudge({ policy: DEFAULT_POLICY, trustStores: [], now: new Date() });
const now = () => new Date();
const limits = { connectTimeoutMs: 400, timeoutMs: 400 };
const data = {
  run: 'r',
  limits,
  handshake: 'hello',
  depth: 'certificate',
  names: [],
  probesUnresolved: false,
} as const;
const news: string[] = [];
const endings: string[] = [];
const end = await runScan({
  ...makeStages(data, { plan, judge, now }),
  judge,
  save: async () => undefined,
  observed: ({ observation: { outcome, failure, endpoint } }) => {
    endings.push(`${endpoint.address} ${outcome} ${failure?.code}`);
    // Five are under way at this moment, and have sent what will never be answered.
    if (endings.length === 10) ip('link del here');
  },
  paced: ({ kind }) => {
    news.push(`${kind} after ${endings.length}`);
    if (kind === 'network-away') plugIn();
  },
  concurrency: 5,
  ratePerSecond: null,
  signal: new AbortController().signal,
});
console.log(
  JSON.stringify({
    news,
    end,
    addresses: new Set(endings.map((line) => line.split(' ')[0])).size,
    codes: [...new Set(endings.map((line) => line.split(' ').slice(1).join(' ')))],
  }),
);
