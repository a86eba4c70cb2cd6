import path from 'node:path';
import { expect, it } from 'vitest';
import { describeLetterRules } from '../../src/grade/describe-letter-rules.js';
import { LETTER_RULE_SET } from '../../src/grade/letter-rule.js';
import { isWorse } from '../../src/model/grades.js';

const PAGE = path.join(import.meta.dirname, '../../docs/grading.md');

const INTRODUCTION = `# Grading

A grade sums up in a letter what a client meets at an endpoint. It follows the SSL Labs SSL Server Rating Guide as of
2009r, so that the letters mean what people know them to mean, with three differences that are named below. The rules are
\`${LETTER_RULE_SET}\`: the version goes up whenever a letter can come out otherwise, each record names the version that
it was graded by, and \`certsweep regrade\` grades stored observations by the present one.

## Two letters, and the worse of them

| letter | is about | known |
|---|---|---|
| certificate | whether clients trust the certificate, for the name asked for, and its keys and signatures | wherever there is a certificate that can be read |
| configuration | versions, suites, key exchange, renegotiation, compression | with \`--depth posture\` |

They are kept apart because they are mended by different people: a sound server with an expired certificate has the
configuration \`A\` and the certificate \`T\`. The \`grade\` of a record, and the column \`Grade\`, is the worse of both.
\`grades\` in the JSON formats holds both letters, the scores, and every reason; \`--fields
certificateGrade,configurationGrade,gradeReasons\` brings them into a spreadsheet.

Without \`--depth posture\` the configuration is not graded: the letter is that of the certificate. One handshake can
prove a fault, though (TLS 1.0 was agreed on, say), and then the letter of that fault is the configuration's: it is no
better than that, and may be worse. \`complete\` in \`grades\` says whether all was known that the configuration's letter
depends on. An endpoint without a readable certificate has no grade.

From best to worst: \`A\`, \`A-\`, \`B\`, \`C\`, \`D\`, \`E\`, \`F\`, \`M\` (the certificate is for another name) and \`T\` (the
certificate is not trusted). \`A+\` is not given: it demands HSTS, a header of HTTP, which certsweep does not ask for.
Known attacks that only an attempt can prove (Heartbleed, ROBOT, POODLE in TLS and others that the guide gives an \`F\`)
are not tried and do not count.

## How the letter comes about

The certificate starts with \`A\`, and the configuration with what its scores earn; then every rule below that applies
caps the letter. What is not proven caps nothing.

| score | is | counts |
|---|---|---|
| protocol | the mean of the best and the worst version: SSLv2 0, SSLv3 80, TLS 1.0 90, TLS 1.1 95, TLS 1.2 and 1.3 100 | 30 % |
| key exchange | the weakest of the server's key, Diffie-Hellman groups and curves: below 512 bits 20, 1024 40, 2048 80, 4096 90, else 100; curves below 110 bits 20, 123 40, 163 80, 225 90, else 100; export suites 40, anonymous suites 0; post-quantum groups 100 | 30 % |
| cipher | the mean of the strongest and the weakest cipher: none 0, below 128 bits 20, below 256 80, else 100 | 40 % |

80 and more is \`A\`, 65 \`B\`, 50 \`C\`, 35 \`D\`, 20 \`E\`, anything less \`F\`; a score of 0 makes the total 0.

## Where it differs from SSL Labs

- **STARTTLS and private CAs.** \`T\` means that the certificate is trusted by none of the trust stores given, whatever
  the protocol. That TLS is opportunistic is no reason for \`T\`, and a private CA is as good as any other once a store
  holds it (\`--trust-store\`).
- **TLS 1.3 alone.** A server with nothing older lacks neither TLS 1.2 nor protection against downgrades, and is not
  capped for it. Post-quantum key exchange is never held against a server.
- **Incomplete chains.** \`B\` where the missing certificate is known from elsewhere and completes the path to a trust
  store. Where nobody knows it, the certificate is not known to be trusted: \`T\`.

What [comparing keys](weak-keys.md#keys-compared-with-each-other) finds (\`shared-key\`, \`shared-prime-key\`) is part of the
findings and of the status, not of the letter: it depends on what else the inventory holds and changes as that grows,
while a letter says what one server shows, and two people who look at the same server should read the same.

A policy changes findings and the status, never the grade: a letter means the same wherever it is shown. A waived finding
still counts for it.
`;

it('keeps the page of grading up to date with the rules', async () => {
  await expect(formatPage()).toMatchFileSnapshot(PAGE);
});

it('lists the rules of each part worst first', () => {
  const rules = describeLetterRules();
  rules.forEach(({ cap, part }, index) => {
    const next = rules[index + 1];
    if (next?.part === part) expect(isWorse(next.cap, cap)).toBe(false);
  });
});

function formatPage(): string {
  const table = (part: string) =>
    describeLetterRules()
      .filter((each) => each.part === part)
      .map(({ rule, cap, message, citation }) => `| \`${rule}\` | ${cap} | ${message} | ${citation} |`)
      .join('\n');
  const head = '| rule | at best | where | source |\n|---|---|---|---|';
  return `${INTRODUCTION}
## Rules of the certificate

${head}
${table('certificate')}

## Rules of the configuration

"Chosen" means: by the server's own order, or for want of anything better.

${head}
${table('configuration')}
`;
}
