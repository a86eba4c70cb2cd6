import path from 'node:path';
import { expect, it } from 'vitest';
import { type CheckDescription, describeChecks } from '../../src/grade/describe-checks.js';
import { FINDING_PLACES } from '../../src/grade/finding-place.js';
import { TRUST_STORE_RULES } from '../../src/grade/trust-store-rules.js';

const PAGE = path.join(import.meta.dirname, '../../docs/findings.md');

const INTRODUCTION = `# Findings

What certsweep can find wrong with a certificate, its chain, the endpoint that presents it, or files on disk. The severity
is the usual one: a grave case may be rated higher and a harmless one lower, and a [policy](policy.md) may rate each
finding as its owner likes, turn it off, or accept it for a time. An endpoint with a finding of severity medium or above
has the status \`Warning\`. Most faults of endpoints take \`--depth posture\` to see; without it they are found where the
one handshake proves them. BR stands for the TLS Baseline Requirements of the CA/Browser Forum; they bind publicly trusted
certificates only.

Each can occur in some of these places:

${Object.entries(FINDING_PLACES)
  .map(([place, meaning]) => `- **${place}**: ${meaning}`)
  .join('\n')}

This page is made from the checks themselves: \`npx vitest run test/grade/describe-checks.test.ts -u\` writes it anew.
`;

it('keeps the page of findings up to date with the checks', async () => {
  await expect(formatPage(describeChecks())).toMatchFileSnapshot(PAGE);
});

it('describes all that a trust store can have wrong with it', () => {
  const ofStores = describeChecks().filter(({ places }) => places.includes('trust store'));
  const ids = ofStores.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(Object.values(TRUST_STORE_RULES).map(({ id }) => id)));
});

function formatPage(rows: readonly CheckDescription[]): string {
  const table = rows.map(
    ({ id, places, severity, title }) =>
      `| [\`${id}\`](#${id}) | ${severity} | ${places.join(', ')} | ${title} |`,
  );
  return [
    INTRODUCTION,
    '| finding | severity | where | means |',
    '|---|---|---|---|',
    ...table,
    '',
    rows.map(formatSection).join('\n'),
  ].join('\n');
}

function formatSection({ advice, citation, id, inTrustStores, title }: CheckDescription): string {
  const inStores = inTrustStores
    ? `In a trust store (usually ${inTrustStores.severity}): ${inTrustStores.advice}\n\n`
    : '';
  return `## ${id}\n\n${title}.\n\n${advice}\n\n${inStores}Source: ${citation}.\n`;
}
