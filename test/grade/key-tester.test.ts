import { expect, it } from 'vitest';
import { createKeyTester } from '../../src/grade/key-tester.js';
import { parseCertificate } from '../../src/x509/certificate.js';
import type { KeyList } from '../../src/x509/keys/key-list.js';
import { makeLeaf } from './judge-setup.js';

it('tests each distinct key once', async () => {
  let lookups = 0;
  const everything: KeyList = {
    name: 'everything',
    size: 1,
    has() {
      lookups++;
      return true;
    },
  };
  const test = createKeyTester([everything]);
  const one = await makeLeaf({ key: 'rsa-2048' });
  const renewed = await makeLeaf({ key: one });
  const other = await makeLeaf({ dnsNames: ['b.example'], key: 'rsa-2048' });
  const [first, second, third] = [one, renewed, other].map(({ der }) => test(parseCertificate(der)));
  expect(first?.map(({ id }) => id)).toEqual(['debian-weak-key']);
  expect(second).toBe(first);
  expect(third).toEqual(first);
  expect(lookups).toBe(2);
});
