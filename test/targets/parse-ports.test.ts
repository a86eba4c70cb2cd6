import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/model/usage-error.js';
import { parsePorts } from '../../src/targets/parse-ports.js';
import { formatPortLists, PORT_LISTS } from '../../src/targets/port-lists.js';
import { formatPortRange } from '../../src/targets/port-range.js';
import { PROTOCOL_TABLE } from './protocol-table.js';

const options = { source: '--ports', protocols: PROTOCOL_TABLE };

describe('a list of ports', () => {
  test.each([
    ['443', '443'],
    ['25/smtp', '25/smtp'],
    ['25/SMTP', '25/smtp'],
    ['8000-8100', '8000-8100'],
    ['1-65535', '1-65535'],
    ['443, 8443;993 25/smtp', '443 8443 993 25/smtp'],
    ['443,443', '443'],
    ['directory', '389/ldap 636/tls 3268/ldap 3269/tls'],
    ['Directory,443', '389/ldap 636/tls 3268/ldap 3269/tls 443'],
  ])('reads %s as %s', (text, ports) => {
    expect(parsePorts(text, options).map(formatPortRange).join(' ')).toBe(ports);
  });

  test.each([
    ['', '--ports: "" names no port'],
    ['0', '--ports: "0" has no valid port: ports begin at 1'],
    ['65536', 'is above 65535'],
    ['90-80', 'ends before it begins: write 80-90'],
    ['443/', 'is not like 443, 8000-8100 or 25/smtp'],
    ['4x3', 'is not like 443, 8000-8100 or 25/smtp'],
    [
      'mial',
      'names an unknown list of ports "mial", did you mean "mail" (known: web, mail, directory, database, all)',
    ],
    ['25/smpt', 'names an unknown protocol "smpt", did you mean "smtp"'],
  ])('refuses %j: %s', (text, message) => {
    expect(() => parsePorts(text, options)).toThrow(UsageError);
    expect(() => parsePorts(text, options)).toThrow(message);
  });
});

describe('the named lists', () => {
  test.each(PORT_LISTS.map(({ name }) => name))(
    '%s names known protocols, each port and protocol once',
    (name) => {
      const ports = parsePorts(name, options);
      expect(ports.length).toBeGreaterThan(3);
      expect(ports.map(formatPortRange).join(' ')).toBe(PORT_LISTS.find((list) => list.name === name)?.ports);
    },
  );

  test('need only the protocols of the list that is used', () => {
    expect(() => parsePorts('web', { source: '--ports', protocols: [] })).not.toThrow();
    expect(() => parsePorts('mail', { source: '--ports', protocols: [] })).toThrow('unknown protocol "lmtp"');
  });

  test('all holds every other list', () => {
    const all = new Set(parsePorts('all', options).map(formatPortRange));
    for (const { ports } of PORT_LISTS) {
      for (const port of ports.split(' ')) expect(all).toContain(port);
    }
  });

  test('have a line of help each', () => {
    const help = formatPortLists().split('\n');
    expect(help).toHaveLength(PORT_LISTS.length);
    expect(help.find((line) => line.startsWith('mail'))).toContain('25/smtp');
  });
});
