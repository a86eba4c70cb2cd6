import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Field, LISTINGS, operatorsOf } from '../../src/query/field.js';
import { FIELDS } from '../../src/query/fields.js';
import { fieldsOf, namesOf } from '../../src/query/find-field.js';
import { parseQuery } from '../../src/query/parse-query.js';

const PAGE = path.join(import.meta.dirname, '../../docs/query.md');

const MANUAL = `# Queries

\`list\` and \`export\` take \`--where\` with a query, and show what matches.

\`\`\`sh
certsweep list --where "expires < 30d and issuer ~ digicert and not tag:lab"
certsweep export --format csv --where "address in 10.64.0.0/16 and severity >= high"
certsweep list certificates --where "keyType = RSA and keyLength < 2048" --sort -endpoints
\`\`\`

A query looks at what the other options choose: without \`--outcomes\` at endpoints that gave a certificate, without
\`--run\` at what is known last of each. This page is checked against the program: \`npx vitest run
test/query/fields.test.ts -u\` writes it anew.

## Conditions

A condition is a field, an operator and a value. \`and\`, \`or\` and \`not\` join conditions: \`not\` binds most, then \`and\`, then
\`or\`; parentheses say otherwise. Names of fields, key words and values are the same in upper and lower case (of values the
letters A to Z).

| write | means |
|---|---|
| \`port = 443\`, \`port:443\` | is equal |
| \`port != 443\` | is known, and another |
| \`grade < B\`, \`<=\`, \`>\`, \`>=\` | comes before, after; of numbers, times and ordered choices |
| \`issuer ~ digicert\` | contains |
| \`issuer !~ digicert\` | is known, and does not contain |
| \`cn = *.example.com\` | \`*\` stands for any text, the empty one too |
| \`cn = "*.example.com"\` | in quotes \`*\` is an asterisk |
| \`port in (25, 465)\`, \`port not in (25, 465)\` | is one of several, is known and none of them |
| \`address in 10.0.0.0/8\` | is in a network; \`=\` and \`:\` mean the same |
| \`has owner\` | is known; of a list: has an entry |
| \`wildcard\`, \`not unused\` | is yes, is not; of fields that are yes or no |

Values need quotes, \`"…"\` or \`'…'\`, where they hold white space or parentheses, begin with a quotation mark or with one of
\`= ! < > ~\`, or hold a comma within \`in (…)\`. A backslash takes away the meaning of the character behind it, in quotes and
without: \`\\*\`, \`\\"\`, \`\\\\\`.

**Lists.** A field with several values meets a condition when one of them does: \`san ~ example.com\`, \`finding:expired\`. With
\`!=\`, \`!~\` and \`not in\` none may: \`tags != lab\` is \`not tags = lab\`.

**What is unknown** compares as false, whatever the operator: an endpoint without a grade is found neither by \`grade = A\`
nor by \`grade != A\`. \`not\` means everything else: \`not grade = A\` finds it. Each endpoint meets either a query or its
negation.

## Times

All times are UTC. A date is all of its day, a month all of its month: \`expires = 2026-12\` is some time in December,
\`expires <= 2026-12-01\` includes the first of December, \`expires > 2026-12-01\` begins after it.

| write | means |
|---|---|
| \`2026\`, \`2026-12\`, \`2026-12-01\` | the year, month, day |
| \`2026-12-01T08:30\`, \`2026-12-01T08:30:15Z\`, \`2026-12-01T08:30+02:00\` | the minute, second, a minute in another zone |
| \`now\` | the moment of asking, or \`--now\` |
| \`+30d\` | 30 days from now |
| \`-7d\`, \`7d ago\` | 7 days ago |
| \`30d\` | of \`expires\`: 30 days from now; other times lie in the past and want a direction |

Units are \`m\` for minutes, \`h\` hours, \`d\` days, \`w\` weeks and \`y\` years of 365 days; months are not among them, for none is
like the other.

| query | finds |
|---|---|
| \`expires < 30d\` | what expires before this moment in 30 days, and what has expired |
| \`expires < 30d and expires > now\` | what expires within 30 days, and has not yet |
| \`expires < now\` | what has expired |
| \`lastScan < 7d ago\` | what has not been observed for 7 days |
| \`firstSeen > -1d\` | what appeared within the last 24 hours |
| \`daysLeft in (0, 1)\` | what expires within 48 hours |

## Other values

- **Addresses** are addresses or networks, IPv4 or IPv6; \`~\` looks into the text: \`address ~ 10.64.\`.
- **Hexadecimal digits** come with or without colons, and \`*\` shortens them: \`fingerprint = 3a:f1:*\`.
- **Choices** are spelt in any case, with hyphens or without: \`status:no-certificate\`. Ordered ones compare:
  \`severity >= high\`, \`tls < 1.2\`, \`grade >= B\` (B or better).
- A query has at most 10,000 characters and 100 levels of parentheses and \`not\`. Its values reach the database as
  parameters, and no pattern in it costs more than its length.

A query that cannot be understood ends the program with exit code 2, before anything is read, and points at the place:

\`\`\`
certsweep: query: there is no field "isuer", did you mean issuer?
  expires < 30d and isuer ~ digicert
                    ^^^^^
\`\`\`
`;

describe('the fields of queries', () => {
  it('keep their page up to date', async () => {
    const sections = LISTINGS.map((listing) => formatSection(listing, fieldsOf(listing)));
    await expect([MANUAL, ...sections].join('\n')).toMatchFileSnapshot(PAGE);
  });

  it.each(LISTINGS)('have names of their own: %s', (listing) => {
    const names = fieldsOf(listing)
      .flatMap(namesOf)
      .map((name) => name.toLowerCase());
    expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
    expect(names.filter((name) => /^(?:and|or|not|in|has|ago)$|[^a-z0-9]/.test(name))).toEqual([]);
  });

  it.each(FIELDS.filter(({ choices }) => choices).map((field) => [field.id, field] as const))(
    'take each of their choices and no other: %s',
    (id, field) => {
      const listing = field.listings[0] ?? 'endpoints';
      for (const choice of field.choices ?? [])
        expect(parseQuery(`${id} = "${choice.toUpperCase()}"`, { listing })).toMatchObject({
          values: [choice],
        });
      for (const [spelling, choice] of Object.entries(field.spellings ?? {}))
        expect(parseQuery(`${id}:${spelling}`, { listing })).toMatchObject({ values: [choice] });
      expect(() => parseQuery(`${id} = ?`, { listing })).toThrow(`${id} is never "?"`);
    },
  );

  it('are all found in the examples of the page', () => {
    const examples = [...MANUAL.matchAll(/^\| `(\w+ [^`|]+)` \| (?!the |this )/gm)].map(
      (match) => match[1] ?? '',
    );
    expect(examples.length).toBeGreaterThan(10);
    for (const example of examples) expect(() => parseQuery(example)).not.toThrow();
  });
});

function formatSection(listing: string, fields: readonly Field[]): string {
  const rows = fields.map((field) => {
    const names = namesOf(field)
      .map((name) => `\`${name}\``)
      .join(', ');
    return `| ${names} | ${describeType(field)} | ${field.meaning} |`;
  });
  return `## Fields of ${listing}\n\n| field | values | means |\n|---|---|---|\n${rows.join('\n')}\n`;
}

function describeType(field: Field): string {
  const type = { text: 'text', hex: 'hex', number: 'number', time: 'time', address: 'address', choice: '' }[
    field.type
  ];
  if (field.choices) return field.choices.join(operatorsOf(field).includes('<') ? ' < ' : ', ');
  return field.isList ? `${type}, several` : type;
}
