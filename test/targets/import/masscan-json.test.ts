import { describe, expect, test } from 'vitest';
import { readFile, refusalOf } from './import-fixture.js';
import { SAMPLES } from './samples.js';

const [LIST = '', LINES = ''] = SAMPLES.masscanJson ?? [];

/** One open port as masscan writes it. */
function open(address: string): string {
  return `{   "ip": "${address}",   "timestamp": "1", "ports": [ {"port": 443, "proto": "tcp", "status": "open", "reason": "syn-ack", "ttl": 54} ] }`;
}

const TWO = ['192.0.2.1:443', '192.0.2.2:443'];

describe('the JSON of masscan', () => {
  test('gives open TCP ports, and the protocol of a banner', async () => {
    expect(await readFile(LIST)).toEqual({
      targets: ['192.0.2.8:443', '192.0.2.8:8025/smtp'],
      note: 'scan.out: masscan JSON, 2 targets; left out: 1 not TCP, 1 closed or filtered',
    });
    expect((await readFile(LINES)).targets).toEqual(['192.0.2.8:443', '192.0.2.8:8443/tls']);
  });

  test.each([
    ['with a comma too many', `[\n${open('192.0.2.1')},\n${open('192.0.2.2')},\n]\n`],
    [
      'with a comma too many and white space after it',
      `[\n${open('192.0.2.1')},\n${open('192.0.2.2')}, \n]\n`,
    ],
    ['without a list', `${open('192.0.2.1')},\n${open('192.0.2.2')},\n{finished: 1}\n`],
    ['with the last object as JSON', `[${open('192.0.2.1')},\n${open('192.0.2.2')},\n{"finished": 1}]\n`],
    [
      'with the last object and no end of the list',
      `[\n${open('192.0.2.1')},\n${open('192.0.2.2')},\n{finished: 1}\n`,
    ],
    ['of two runs', `[\n${open('192.0.2.1')}\n]\n[\n${open('192.0.2.2')}\n]\n`],
    [
      'that was printed anew',
      JSON.stringify([JSON.parse(open('192.0.2.1')), JSON.parse(open('192.0.2.2'))], null, 2),
    ],
  ])('is mended: %s', async (_, text) => {
    expect(await readFile(text)).toEqual({ targets: TWO, note: 'scan.out: masscan JSON, 2 targets' });
  });

  test('may lack the end of its list, which is told', async () => {
    const { targets, note } = await readFile(`[\n${open('192.0.2.1')},\n${open('192.0.2.2')},\n`);
    expect(targets).toEqual(TWO);
    expect(note).toContain('its list has no end, as some versions of masscan leave it: taken for whole');
  });

  test.each(['[\n]\n', '{finished: 1}\n', '[\n{finished: 1}\n', '[\n'])('may be empty: %j', async (text) => {
    expect((await readFile(text)).note).toContain('scan.out: masscan JSON, 0 targets');
  });

  test.each<[string, string, string]>([
    [
      'half an object',
      `[\n${open('192.0.2.1').slice(0, 60)}`,
      'line 2: the masscan JSON ends within the object that begins here',
    ],
    [
      'something after the list',
      `[\n${open('192.0.2.1')}\n]\nopen tcp`,
      'line 4: the masscan JSON is no JSON object from here on',
    ],
    [
      'an object that is no JSON',
      `[\n${open('192.0.2.1')},\n{"ip": 1..2}]`,
      'line 3: the masscan JSON has an object without',
    ],
    [
      'an object of something else',
      `[\n${open('192.0.2.1')},\n{"url": "x"}]`,
      'has an object without "ip" and "ports"',
    ],
    [
      'a port that is none',
      '[{"ip":"192.0.2.1","ports":[{"port":"x","proto":"tcp","status":"open"}]}]',
      '"x" is no port',
    ],
    [
      'a port without a number',
      '[{"ip":"192.0.2.1","ports":[{"proto":"tcp","status":"open"}]}]',
      'has a port without a number',
    ],
    ['ports that are none', '[{"ip":"192.0.2.1","ports":[443]}]', 'has a port without a number'],
    [
      'objects nested without end',
      `[{"ip":"192.0.2.1","ports":${'['.repeat(100_000)}`,
      'nests more than 100 levels deep',
    ],
    ['an address that is none', `[${open('192.0.2')}]`, 'scan.out line 1: "192.0.2" is no address'],
  ])('is refused for %s', async (_, text, message) => {
    expect(await refusalOf(text)).toContain(message);
  });
});
