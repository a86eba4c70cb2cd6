import { expect, it } from 'vitest';
import { formatTags } from '../../src/targets/format-tags.js';
import { parseTargets } from '../../src/targets/parse-targets.js';
import { PROTOCOL_TABLE } from './protocol-table.js';

const read = (text: string) =>
  parseTargets({ text, source: 'targets.csv', isFile: true }, { protocols: PROTOCOL_TABLE });

it('writes each tag once, with the targets that have it as they are read again', () => {
  const targets = read(
    'address,name,port,tags\n192.0.2.0/24,,,lab;Prod\n192.0.2.7,shop.example,8443,prod\n,mail.example,25;443,\n',
  );
  expect(formatTags(targets)).toEqual({
    lab: ['192.0.2.0/24'],
    Prod: ['192.0.2.0/24 shop.example@192.0.2.7:8443'],
  });
});

it('writes nothing of targets without tags', () => {
  expect(formatTags(read('address,tags\n192.0.2.1,\n'))).toBeNull();
});
