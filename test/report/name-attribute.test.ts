import { expect, it } from 'vitest';
import { readNameAttribute } from '../../src/report/name-attribute.js';

it.each([
  ['CN=mail.example,O=Corp\\, Inc.,C=US', 'O', 'Corp, Inc.'],
  ['CN=a+OU=b,O=c', 'OU', 'b'],
  ['CN=first,CN=second', 'CN', 'first'],
  ['O=M\\C3\\BCller', 'O', 'Müller'],
  ['O=a\\+b\\=c', 'O', 'a+b=c'],
  ['CN=#0C0161', 'CN', null],
  ['CN=a', 'O', null],
  ['', 'CN', null],
  ['no name at all \\', 'CN', null],
])('reads of %j the %s as %j', (name, type, value) => {
  expect(readNameAttribute(name, type)).toBe(value);
});
