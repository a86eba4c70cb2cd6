import { describe, expect, test } from 'vitest';
import { SCHEMES } from '../../../src/targets/schemes.js';
import { PROTOCOL_TABLE } from '../protocol-table.js';
import { readWord } from '../read-word.js';

describe('a URL', () => {
  test.each([
    ['https://shop.example', 'shop.example:443/tls'],
    ['HTTPS://Shop.example:8443/path?q=1#top', 'shop.example:8443/tls'],
    ['smtp://mail.example:587', 'mail.example:587/smtp'],
    ['smtp://mail.example', 'mail.example:25/smtp'],
    ['ldaps://[2001:db8::1]/dc=example', '[2001:db8::1]:636/tls'],
    ['imaps://192.0.2.1', '192.0.2.1:993/tls'],
    ['ftps://ftp.example:21', 'ftp.example:21/tls'],
    ['postgresql://db.example/app', 'db.example:5432/postgres'],
  ])('reads %s as %s', (word, meaning) => {
    expect(readWord(word)).toBe(meaning);
  });

  test.each([
    ['http://shop.example:8080/x', 'speaks no TLS: write "https://shop.example:8080"'],
    ['htps://shop.example', 'is a URL of an unknown scheme, did you mean "https"'],
    ['://shop.example', 'is a URL of an unknown scheme'],
    ['https://user:secret@shop.example', 'has a user name before the "@"'],
    ['https:///path', 'names no host'],
    ['https://10.0.0.300/', 'is no address: the last octet is above 255'],
  ])('refuses %s, for it %s', (word, problem) => {
    expect(readWord(word)).toContain(`! ${problem}`);
  });

  test.each([...SCHEMES])('knows the protocol of %s://', (_, { protocol }) => {
    expect(['tls', ...PROTOCOL_TABLE.map(({ name }) => name)]).toContain(protocol);
  });
});
