import { describe, expect, test } from 'vitest';
import { readFile, refusalOf } from './import-fixture.js';
import { SAMPLES } from './samples.js';

const [LINES = ''] = SAMPLES.httpxJson ?? [];

describe('the JSON of httpx', () => {
  test('gives HTTPS servers at the address that answered, by the name in the URL', async () => {
    expect(await readFile(LINES)).toEqual({
      targets: [
        'shop.example@192.0.2.8:443/tls',
        '192.0.2.10:8443/tls',
        'new.example@[2001:db8::1]:8443/tls',
        'two.example@192.0.2.11:443/tls',
        'two.example@[2001:db8::2]:443/tls',
        'none.example:443/tls',
      ],
      note: 'scan.out: httpx JSON, 6 targets; left out: 1 plain HTTP, 1 closed or filtered',
    });
  });

  test.each([
    ['{"url":"https://[2001:db8::1]:8443/"}', '[2001:db8::1]:8443/tls'],
    ['{"url":"https://A.Example./","host":"192.0.2.1"}', 'a.example@192.0.2.1:443/tls'],
    ['{"url":"https://b\\u00fccher.example","host":"192.0.2.1"}', 'xn--bcher-kva.example@192.0.2.1:443/tls'],
    ['{"url":"https://a.example","host":"192.0.2.1","sni":"b.example"}', 'b.example@192.0.2.1:443/tls'],
    ['{"url":"https://a.example","a":[null,7,"x","192.0.2.1"]}', 'a.example@192.0.2.1:443/tls'],
  ])('reads %s', async (line, target) => {
    expect((await readFile(line)).targets).toEqual([target]);
  });

  test.each<[string, string, string]>([
    ['half a line', LINES.slice(0, 500), 'line 2: the httpx JSON ends within the object that begins here'],
    [
      'an object without a URL',
      `${LINES}{"host":"192.0.2.1"}`,
      'line 8: the httpx JSON has an object without a "url"',
    ],
    ['a URL that is none', '{"url":"a.example"}', 'has an object without a "url"'],
    ['a name that is none', '{"url":"https://a_-.example"}', 'is no host name'],
  ])('is refused for %s', async (_, text, message) => {
    expect(await refusalOf(text)).toContain(message);
  });
});
