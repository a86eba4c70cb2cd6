import { describe, expect, it } from 'vitest';
import { FIELDS } from '../../src/query/fields.js';
import { namesOf } from '../../src/query/find-field.js';
import { MAX_QUERY_DEPTH, MAX_QUERY_LENGTH, parseQuery } from '../../src/query/parse-query.js';
import type { Query } from '../../src/query/query.js';

function port(value: number): Query {
  return { kind: 'number', field: 'port', operator: '=', values: [value] };
}

function text(field: string, operator: '=' | '!=' | '~' | '!~', ...values: string[][]): Query {
  return { kind: 'text', field, operator, values };
}

function flag(field: string): Query {
  return { kind: 'choice', field, operator: '=', values: ['yes'] };
}

const TREES: readonly (readonly [string, string, Query])[] = [
  ['a number', 'port = 443', port(443)],
  ['the short form', 'port:443', port(443)],
  ['no white space', '(port=443)', port(443)],
  ['names in any case', 'PORT = 443', port(443)],
  ['names with hyphens', 'common-name = x', text('commonName', '=', ['x'])],
  ['an alias', 'cn = x', text('commonName', '=', ['x'])],
  [
    'and before or',
    'port=1 or port=2 and port=3',
    { kind: 'or', of: [port(1), { kind: 'and', of: [port(2), port(3)] }] },
  ],
  [
    'parentheses first',
    '(port=1 or port=2) and port=3',
    { kind: 'and', of: [{ kind: 'or', of: [port(1), port(2)] }, port(3)] },
  ],
  ['not before and', 'not port=1 and port=2', { kind: 'and', of: [{ kind: 'not', of: port(1) }, port(2)] }],
  [
    'key words in any case',
    'NOT port=1 Or port=2',
    { kind: 'or', of: [{ kind: 'not', of: port(1) }, port(2)] },
  ],
  [
    'key words as values',
    'cn = and or cn = in',
    { kind: 'or', of: [text('commonName', '=', ['and']), text('commonName', '=', ['in'])] },
  ],
  ['presence', 'has owner', { kind: 'has', field: 'owner' }],
  ['what is yes or no by its name', 'unused', flag('unused')],
  ['a name alone before a key word', 'unused and port=1', { kind: 'and', of: [flag('unused'), port(1)] }],
  ['a name alone in parentheses', 'not (wildcard)', { kind: 'not', of: flag('wildcard') }],
  [
    'a list of values',
    'port in (25, 443)',
    { kind: 'number', field: 'port', operator: '=', values: [25, 443] },
  ],
  [
    'none of a list',
    'port not in (25,443)',
    { kind: 'number', field: 'port', operator: '!=', values: [25, 443] },
  ],
  ['in without parentheses', 'port in 25', port(25)],
  ['content', 'issuer ~ digicert', text('issuer', '~', ['digicert'])],
  ['no such content', 'issuer !~ digicert', text('issuer', '!~', ['digicert'])],
  ['an asterisk', 'cn = *.example.*', text('commonName', '=', ['', '.example.', ''])],
  ['an asterisk in quotes', 'cn = "*.example"', text('commonName', '=', ['*.example'])],
  ['an asterisk behind a backslash', 'cn = \\*.example', text('commonName', '=', ['*.example'])],
  ['quotes and backslashes', `cn = "a \\"b\\" \\\\ 'c'"`, text('commonName', '=', [`a "b" \\ 'c'`])],
  ['single quotes', `cn = 'say "x"'`, text('commonName', '=', ['say "x"'])],
  ['a quotation mark inside', "issuer ~ O'Reilly", text('issuer', '~', ["O'Reilly"])],
  ['operators and commas inside', 'issuer = CN=A,O=B', text('issuer', '=', ['CN=A,O=B'])],
  ['empty text', 'cn = ""', text('commonName', '=', [''])],
  ['hex with colons', 'serial = 0A:1b', text('serialNumber', '=', ['0a1b'])],
  ['the beginning of a fingerprint', 'fingerprint = AB12*', text('fingerprintSha256', '=', ['ab12', ''])],
  [
    'a choice in any spelling',
    'status:no-certificate',
    { kind: 'choice', field: 'status', operator: '=', values: ['No certificate'] },
  ],
  ['a grade with a minus', 'grade >= a-', { kind: 'choice', field: 'grade', operator: '>=', values: ['A-'] }],
  [
    'a version of TLS',
    'tls < 1.2',
    { kind: 'choice', field: 'tlsVersion', operator: '<', values: ['TLSv1.2'] },
  ],
  ['yes and no', 'wildcard = true', { kind: 'choice', field: 'wildcard', operator: '=', values: ['yes'] }],
  [
    'days to come',
    'expires < 30d',
    { kind: 'time', field: 'expires', operator: '<', values: [{ amount: 30, unit: 'd' }] },
  ],
  [
    'days ago',
    'lastScan < 7d ago',
    { kind: 'time', field: 'lastScan', operator: '<', values: [{ amount: -7, unit: 'd' }] },
  ],
  [
    'a minus',
    'observed > -2w',
    { kind: 'time', field: 'lastScan', operator: '>', values: [{ amount: -2, unit: 'w' }] },
  ],
  [
    'a plus',
    'issued > +1h',
    { kind: 'time', field: 'issued', operator: '>', values: [{ amount: 1, unit: 'h' }] },
  ],
  [
    'now',
    'expires > now',
    { kind: 'time', field: 'expires', operator: '>', values: [{ amount: 0, unit: 'd' }] },
  ],
  [
    'a day',
    'expires = 2026-12-01',
    {
      kind: 'time',
      field: 'expires',
      operator: '=',
      values: [{ text: '2026-12-01', from: Date.UTC(2026, 11, 1), until: Date.UTC(2026, 11, 2) }],
    },
  ],
  [
    'a network',
    'address in 10.1.2.3/8',
    {
      kind: 'address',
      field: 'address',
      operator: '=',
      values: [
        { text: '10.1.2.3/8', first: Uint8Array.of(10, 0, 0, 0), last: Uint8Array.of(10, 255, 255, 255) },
      ],
    },
  ],
];

describe('parseQuery', () => {
  it.each(TREES)('reads %s: %s', (_, query, tree) => {
    expect(parseQuery(query)).toEqual(tree);
  });

  it.each(FIELDS.map((field) => [field.id, field] as const))('knows %s by all its names', (id, field) => {
    for (const listing of field.listings)
      for (const name of namesOf(field))
        expect(parseQuery(`has ${name}`, { listing })).toEqual({ kind: 'has', field: id });
  });

  it('takes 1,000 conditions, and as many parentheses as are allowed', () => {
    const many = Array.from({ length: 1000 }, () => 'port=1').join(' or ');
    expect(parseQuery(many)).toMatchObject({ kind: 'or' });
    const deep = `${'('.repeat(MAX_QUERY_DEPTH)}port=1${')'.repeat(MAX_QUERY_DEPTH)}`;
    expect(parseQuery(deep)).toEqual(port(1));
  });
});

const FAULTS: readonly (readonly [string, readonly string[]])[] = [
  ['', ['query: it is empty: write a condition such as port = 443', '  ', '  ^']],
  [
    'port = 1 and isuer ~ x',
    [
      'query: there is no field "isuer", did you mean issuer?',
      '  port = 1 and isuer ~ x',
      '               ^^^^^',
    ],
  ],
  [
    'status = expird',
    ['query: status is never "expird", did you mean "Expired"?', '  status = expird', '           ^^^^^^'],
  ],
  [
    'outcome = q',
    [
      expect.stringMatching(/^query: outcome is never "q" \(known: tls, refused, /),
      '  outcome = q',
      '            ^',
    ],
  ],
  ['port = 44x', ['query: port is a whole number such as 443, not "44x"', '  port = 44x', '         ^^^']],
  ['port ~ 4', ['query: port takes = != < <= > >= and in, not ~', '  port ~ 4', '       ^']],
  ['issuer < x', ['query: issuer takes = != ~ !~ and in, not <', '  issuer < x', '         ^']],
  [
    'lastScan > 7d',
    [
      'query: lastScan lies in the past as a rule: write 7d ago, or +7d for what is to come',
      '  lastScan > 7d',
      '             ^^',
    ],
  ],
  [
    'expires < 2026-02-30',
    [expect.stringContaining('expires is a time'), '  expires < 2026-02-30', '            ^^^^^^^^^^'],
  ],
  [
    'expires < -7d ago',
    [expect.stringContaining('not "-7d ago"'), '  expires < -7d ago', '            ^^^^^^^'],
  ],
  [
    'address = 10.64.*',
    [
      expect.stringContaining('write a network as 10.64.0.0/16'),
      '  address = 10.64.*',
      '            ^^^^^^^',
    ],
  ],
  [
    'address = 10.0.0.0/33',
    [
      expect.stringContaining('an address or a network'),
      '  address = 10.0.0.0/33',
      '            ^^^^^^^^^^^',
    ],
  ],
  [
    'serial = xyz',
    ['query: serialNumber is written in hexadecimal digits, not "xyz"', '  serial = xyz', '           ^^^'],
  ],
  ['(port = 1', ['query: this parenthesis is never closed', '  (port = 1', '  ^']],
  ['port in (1', ['query: this parenthesis is never closed', '  port in (1', '          ^']],
  [
    'port in (1 2)',
    ['query: a comma or a closing parenthesis belongs here, not "2"', '  port in (1 2)', '             ^'],
  ],
  ['port = 1)', ['query: this parenthesis closes none', '  port = 1)', '          ^']],
  ['port 1', ['query: port needs an operator: one of = != < <= > >= : in', '  port 1', '       ^']],
  ['owner =', ['query: a value of owner is missing here', '  owner =', '         ^']],
  [
    'port = 1 and',
    [
      'query: something is missing at the end: a condition such as port = 443',
      '  port = 1 and',
      '              ^',
    ],
  ],
  [
    'port = 1 port = 2',
    ['query: "and", "or" or the end belongs here, not "port"', '  port = 1 port = 2', '           ^^^^'],
  ],
  [
    'issuer =~ x',
    [expect.stringContaining('a value that begins with ~ must be in quotes'), '  issuer =~ x', '          ^'],
  ],
  [
    'cn = "abc',
    ['query: this quotation mark is never closed: end the value with "', '  cn = "abc', '       ^'],
  ],
  ['cn = abc\\', ['query: nothing follows the backslash: write two for one', '  cn = abc\\', '          ^']],
  ['port ! 1', ['query: a "!" alone means nothing: write not, != or !~', '  port ! 1', '       ^']],
  ['"cn" = x', [expect.stringContaining('a condition begins with the name of a field'), '  "cn" = x', '  ^']],
];

describe('a query that cannot be understood', () => {
  it.each(FAULTS)('is pointed at: %s', (query, lines) => {
    expect(faultOf(query)).toEqual(lines);
  });

  it('is shown on one line, without control characters, and around the place alone', () => {
    const query = `cn = "\u001b[2J\n\u202e" and ${'port = 1 and '.repeat(50)}colour = red and ${'port = 1 and '.repeat(50)}`;
    const [message, shown = '', carets = ''] = faultOf(query);
    expect(message).toMatch(/^query: there is no field "colour"/);
    expect(shown).toHaveLength(2 + 1 + 72 + 1);
    expect(shown.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('colour');
    expect(faultOf('cn = "\u001b[2J\n\u202e" x')[1]).toBe('  cn = "\ufffd[2J \ufffd" x');
  });

  it('is turned away unread when it is too long or nested too deep', () => {
    expect(faultOf(`cn = ${'x'.repeat(MAX_QUERY_LENGTH)}`)).toEqual([
      'query: it has 10005 characters, 10000 are the most',
    ]);
    expect(faultOf(`${'not '.repeat(MAX_QUERY_DEPTH + 1)}port=1`)[0]).toBe(
      'query: conditions are nested more than 100 deep',
    );
    expect(faultOf(`${'('.repeat(9_000)}`)[0]).toBe('query: conditions are nested more than 100 deep');
  });

  it('knows the words of a field that is given some', () => {
    const vocabulary = new Map([['warnings', ['expired', 'self-signed']]]);
    expect(() => parseQuery('finding:selfsigned', { vocabulary })).toThrow('did you mean "self-signed"?');
    expect(parseQuery('finding:Expired', { vocabulary })).toEqual(text('warnings', '=', ['Expired']));
    expect(parseQuery('finding:self-* or finding ~ xyz', { vocabulary })).toMatchObject({ kind: 'or' });
  });

  it('asks certificates for nothing that only endpoints have', () => {
    expect(() => parseQuery('port = 443', { listing: 'certificates' })).toThrow('there is no field "port"');
  });
});

function faultOf(query: string): string[] {
  try {
    parseQuery(query);
  } catch (error) {
    expect(error).toMatchObject({ name: 'UsageError' });
    return String(error instanceof Error ? error.message : error).split('\n');
  }
  throw new Error(`${query} was understood`);
}
