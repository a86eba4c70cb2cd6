import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Target } from '../../src/model/target.js';
import { UsageError } from '../../src/model/usage-error.js';
import { formatTarget } from '../../src/targets/format-target.js';
import { parseTargets } from '../../src/targets/parse-targets.js';
import { PROTOCOL_TABLE } from './protocol-table.js';

const options = { protocols: PROTOCOL_TABLE };

function parseFile(text: string): Target[] {
  return parseTargets({ text, source: 'targets.txt', isFile: true }, options);
}

/** Each target as text, with place and tags. */
function lines(text: string): string[] {
  return parseFile(text).map((target) =>
    [
      formatTarget(target),
      target.origin.place.replace('targets.txt line ', '#'),
      ...(target.tags ?? []),
    ].join(' '),
  );
}

function errorOf(text: string): string {
  try {
    parseFile(text);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return '';
}

describe('text of words', () => {
  test('is split at commas, semicolons, white space and line ends of all kinds', () => {
    expect(lines('192.0.2.1,192.0.2.2;192.0.2.3\t192.0.2.4\r\n192.0.2.5\r192.0.2.6\n\n192.0.2.7')).toEqual([
      '192.0.2.1 #1',
      '192.0.2.2 #1',
      '192.0.2.3 #1',
      '192.0.2.4 #1',
      '192.0.2.5 #2',
      '192.0.2.6 #3',
      '192.0.2.7 #5',
    ]);
  });

  test('may have comments, and words with "#" inside', () => {
    expect(
      lines('# all of it\n192.0.2.1 # the old one, 192.0.2.2\n192.0.2.3,#x\nhttps://a.example/#top'),
    ).toEqual(['192.0.2.1 #2', '192.0.2.3 #3', 'a.example:443/tls #4']);
  });

  test('may begin with a byte order mark', () => {
    expect(lines('\ufeff192.0.2.1')).toEqual(['192.0.2.1 #1']);
  });

  test('of nothing gives nothing', () => {
    expect(lines('')).toEqual([]);
    expect(lines(' \n# nothing\n')).toEqual([]);
  });

  test('keeps the word as written and the argument it came from', () => {
    const [target] = parseTargets(
      { text: '10.64.44.1/24:443', source: 'argument 2', isFile: false },
      options,
    );
    expect(target).toEqual({
      hosts: { family: 4, first: 0x0a402c00n, last: 0x0a402cffn },
      ports: [{ first: 443, last: 443 }],
      text: '10.64.44.1/24:443',
      origin: { place: 'argument 2' },
    });
  });

  test.each([
    ['\n\n10.0.0.300', 'targets.txt line 3: "10.0.0.300" is no address: the last octet is above 255'],
    [
      'a.example:25/smpt',
      'targets.txt line 1: "a.example:25/smpt" names an unknown protocol "smpt", did you mean "smtp"',
    ],
    ['*.lab.example', 'targets.txt line 1: "*.lab.example" is a wildcard'],
    ['10.0.0.1 - 10.0.0.9', 'targets.txt line 1: "-" is no address range'],
    ['1\x000\x00', 'targets.txt: is binary or UTF-16: save it as UTF-8 text'],
    ['\x1b[2J', 'targets.txt line 1: "\\u001b[2J" has an invisible character (U+001B)'],
  ])('refuses %j: %s', (text, message) => {
    expect(errorOf(text)).toContain(message);
  });

  test('names several mistakes at once, and counts the rest', () => {
    const message = errorOf(Array.from({ length: 8 }, (_, index) => `10.0.0.${300 + index}`).join('\n'));
    expect(message.split('\n')).toHaveLength(6);
    expect(message).toMatch(/line 5: "10\.0\.0\.304".*\nand 3 more like these$/);
  });

  test('welcomes wildcards as excludes', () => {
    const input = { text: '*.lab.example', source: 'argument 1', isFile: false };
    expect(parseTargets(input, { ...options, allowWildcards: true })[0]?.hosts).toEqual({
      name: '*.lab.example',
    });
  });

  test('of a million lines is read within seconds and 500 MB', () => {
    const text = Array.from(
      { length: 1_000_000 },
      (_, index) => `10.${index >>> 16}.${(index >>> 8) & 255}.${index & 255}`,
    );
    const input = text.join('\n');
    text.length = 0;
    const before = process.memoryUsage().heapUsed;
    expect(parseFile(input)).toHaveLength(1_000_000);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(500e6);
  });

  test('of any kind gives targets or a UsageError', () => {
    const piece = fc.constantFrom(
      ...'10.-*/:[]@#,; \n"{}aé\u2013%'.split(''),
      '::',
      '://',
      'https',
      'address',
      '255',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(text, (input) => {
        errorOf(input);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('CSV', () => {
  test('has its columns in any order, and others besides', () => {
    expect(
      lines(
        [
          'Tags,PORT,owner,address,name,protocol',
          '"shop,prod",8443,ann,192.0.2.7,shop.example,',
          ',25,"bob ""b""",10.0.0.0/24,,smtp',
          ',,,,mail.example,smtp',
          ',443 8443,,2001:db8::1,,',
          '',
        ].join('\r\n'),
      ),
    ).toEqual([
      'shop.example@192.0.2.7:8443 #2 shop prod',
      '10.0.0.0/24:25/smtp #3',
      'mail.example:25/smtp mail.example:587/smtp #4',
      '[2001:db8::1]:443 [2001:db8::1]:8443 #5',
    ]);
  });

  test('may have semicolons or tabs between its cells, comments, and short rows', () => {
    expect(lines('# from the address plan\naddress;name\n\n192.0.2.1\n192.0.2.2;b.example')).toEqual([
      '192.0.2.1 #4',
      'b.example@192.0.2.2 #5',
    ]);
    expect(lines('\ufeffname\tport\na.example\t443')).toEqual(['a.example:443 #2']);
  });

  test('counts lines within quoted cells', () => {
    expect(lines('address,tags\n192.0.2.1,"two\nlines"\n192.0.2.2,x')).toEqual([
      '192.0.2.1 #2 two lines',
      '192.0.2.2 #4 x',
    ]);
  });

  test.each([
    ['address,prot\n192.0.2.1,25', 'line 1: "prot" is no known column: did you mean "port"'],
    ['address,address\n', 'line 1: "address" is the heading of two columns'],
    ['address,port\n,443', 'line 2: "" has neither address nor name'],
    ['address,port\n192.0.2.1,99999', 'line 2: "99999" has no valid port: 99999 is above 65535'],
    ['address,port\n192.0.2.1:25,443', 'line 2: "192.0.2.1:25" has a port of its own'],
    ['address,name\na@192.0.2.1,b', 'line 2: "a@192.0.2.1" has a server name of its own'],
    ['address,name\n192.0.2.1,192.0.2.1', 'line 2: "192.0.2.1" is neither an address nor a host name'],
    [
      'address,protocol\n192.0.2.1,smpt',
      'line 2: "smpt" names an unknown protocol "smpt", did you mean "smtp"',
    ],
    ['address,protocol\n192.0.2.1,tls', 'line 2: "tls" is a protocol without a port'],
    ['address,tags\n192.0.2.1,"x', 'line 2: "x" has an opening quote and no closing one'],
  ])('refuses %j: %s', (text, message) => {
    expect(errorOf(text)).toContain(message);
  });
});

describe('JSON lines', () => {
  test('give one target each', () => {
    expect(
      lines(
        [
          '{"address": "192.0.2.7", "name": "shop.example", "port": 8443, "tags": ["shop", "prod"]}',
          '',
          '{"name": "mail.example", "port": "25", "protocol": "smtp", "owner": {"mail": "ann"}, "tags": null}',
        ].join('\n'),
      ),
    ).toEqual(['shop.example@192.0.2.7:8443 #1 shop prod', 'mail.example:25/smtp #3']);
  });

  test.each([
    [
      '{"address": "192.0.2.1"},',
      'line 1: "{\\"address\\": \\"192.0.2.1\\"}," is no JSON: write one whole object on each line',
    ],
    ['[\n{"address": "192.0.2.1"}\n]', 'line 1: "[" is no JSON'],
    ['[{"address": "192.0.2.1"}]', 'is no JSON object'],
    ['{"adress": "192.0.2.1"}', 'has a key "adress" that is no known column: did you mean "address"'],
    ['{"address": ["192.0.2.1"]}', 'has a "address" that is no text'],
    ['{"name": "a.example", "port": true}', 'has a "port" that is no number'],
    ['{"name": "a.example", "tags": [1]}', 'has a "tags" that is no list of texts'],
    ['{"port": 443}', 'has neither address nor name'],
  ])('refuse %j: %s', (text, message) => {
    expect(errorOf(text)).toContain(message);
  });
});
