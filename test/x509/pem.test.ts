import { describe, expect, it } from 'vitest';
import { toHex } from '../../src/x509/hex.js';
import { readPem } from '../../src/x509/pem.js';

const block = (label: string, body: string) => `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;

describe('readPem', () => {
  it.each([
    ['one block', block('CERTIFICATE', 'AQID'), ['CERTIFICATE 010203']],
    ['two blocks', block('A', 'AQID') + block('B', 'BAU='), ['A 010203', 'B 0405']],
    [
      'noise around them',
      `# root\n${block('A', 'AQID')}\nrubbish\n${block('B', 'BAU=')}bye`,
      ['A 010203', 'B 0405'],
    ],
    ['a byte order mark and CRLF', `\ufeff${block('A', 'AQ\nID')}`.replaceAll('\n', '\r\n'), ['A 010203']],
    ['headers', block('A', 'Proc-Type: 4,ENCRYPTED\nDEK-Info: x\n\nAQID'), ['A 010203']],
    ['a block cut short before another', `-----BEGIN A-----\nAQID\n${block('B', 'BAU=')}`, ['B 0405']],
    ['a block that never ends', `${block('A', 'AQID')}-----BEGIN B-----\nBAU=`, ['A 010203']],
    ['an end alone', `-----END A-----\n${block('B', 'BAU=')}`, ['B 0405']],
    ['a label longer than any', block('A'.repeat(65), 'AQID') + block('B', 'BAU='), ['B 0405']],
    ['no block', 'nothing', []],
  ])('reads %s', (_name, text, expected) => {
    expect(readPem(text).map(({ label, der }) => `${label} ${toHex(der)}`)).toEqual(expected);
  });

  it('takes no longer over a hundred thousand beginnings than over their bytes', () => {
    const text = `${'-----BEGIN A-----\n'.repeat(100_000)}AQID\n-----END A-----`;
    expect(readPem(text)).toHaveLength(1);
  });
});
