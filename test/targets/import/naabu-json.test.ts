import { describe, expect, test } from 'vitest';
import { readFile, refusalOf } from './import-fixture.js';
import { SAMPLES } from './samples.js';

const [LINES = '', SHORT = '', OLD = ''] = SAMPLES.naabuJson ?? [];

describe('the JSON of naabu', () => {
  test('gives open TCP ports by the host that was asked for, with what was seen there', async () => {
    expect(await readFile(LINES)).toEqual({
      targets: [
        'shop.example@192.0.2.8:443/tls',
        '192.0.2.9:25',
        '192.0.2.9:8025/smtp',
        '192.0.2.9:8026/tls',
      ],
      note: 'scan.out: naabu JSON, 4 targets; left out: 1 not TCP, 1 without a port',
    });
  });

  test('may have little in it, and ports as old versions write them', async () => {
    expect((await readFile(SHORT)).targets).toEqual(['192.0.2.9:8443', 'shop.example@[2001:db8::1]:8443']);
    expect((await readFile(OLD)).targets).toEqual(['shop.example@192.0.2.8:8443/tls']);
  });

  test.each([
    ['{"host":"192.0.2.1","port":443}', '192.0.2.1:443'],
    ['{"host":"a.example","port":443}', 'a.example:443'],
    ['{"host":"192.0.2.1","ip":"192.0.2.1","port":"443"}', '192.0.2.1:443'],
    ['{"ip":"192.0.2.1","port":443,"name":"smtp","method":"table","tls":false}', '192.0.2.1:443'],
  ])('reads %s', async (line, target) => {
    expect((await readFile(line)).targets).toEqual([target]);
  });

  test.each<[string, string, string]>([
    ['half a line', LINES.slice(0, 200), 'line 2: the naabu JSON ends within the object that begins here'],
    [
      'an object without a host',
      `${SHORT}{"port":443}`,
      'line 3: the naabu JSON has an object without "ip" or "host"',
    ],
    ['a port that is none', '{"ip":"192.0.2.1","port":-1}', 'scan.out line 1: "-1" is no port'],
    ['a port of another kind', '{"ip":"192.0.2.1","port":[1]}', 'has a port without a number'],
    ['a name that is none', '{"ip":"192.0.2.1","host":"a b","port":1}', '"a b" is no host name'],
  ])('is refused for %s', async (_, text, message) => {
    expect(await refusalOf(text)).toContain(message);
  });
});
