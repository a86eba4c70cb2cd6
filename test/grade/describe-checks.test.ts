import path from 'node:path';
import { expect, it } from 'vitest';
import { type CheckDescription, describeChecks } from '../../src/grade/describe-checks.js';

const PAGE = path.join(import.meta.dirname, '../../docs/findings.md');

const INTRODUCTION = `# Findings

What certsweep can find wrong with a certificate, its chain, or the endpoint that presents it. The severity is the
usual one: a grave case may be rated higher and a harmless one lower, and a policy (\`--policy\`) may rate each finding as
its owner likes, or turn it off. An endpoint with a finding of severity medium or above has the status \`Warning\`. Most
faults of endpoints take \`--depth posture\` to see; without it they are found where the one handshake proves them. BR
stands for the TLS Baseline Requirements of the CA/Browser Forum; they bind publicly trusted certificates only.

This page is made from the checks themselves: \`npx vitest run test/grade/describe-checks.test.ts -u\` writes it anew.
`;

it('keeps the page of findings up to date with the checks', async () => {
  await expect(formatPage(describeChecks())).toMatchFileSnapshot(PAGE);
});

function formatPage(rows: readonly CheckDescription[]): string {
  const table = rows.map(({ id, severity, title }) => `| [\`${id}\`](#${id}) | ${severity} | ${title} |`);
  const sections = rows.map(
    ({ id, title, citation, advice }) => `## ${id}\n\n${title}.\n\n${advice}\n\nSource: ${citation}.\n`,
  );
  return [
    INTRODUCTION,
    '| finding | severity | means |',
    '|---|---|---|',
    ...table,
    '',
    sections.join('\n'),
  ].join('\n');
}
