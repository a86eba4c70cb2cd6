import { describe, expect, test } from 'vitest';
import { readFile, refusalOf } from './import-fixture.js';
import { SAMPLES } from './samples.js';

const [LIST = ''] = SAMPLES.masscanList ?? [];

describe('the list of masscan', () => {
  test('gives open TCP ports, and the protocol of a banner', async () => {
    expect(await readFile(LIST)).toEqual({
      targets: ['192.0.2.8:443', '192.0.2.8:8025/smtp', '[2001:db8::1]:443'],
      note: 'scan.out: masscan list, 3 targets; left out: 1 closed or filtered, 1 not TCP',
    });
  });

  test('may be a few lines of it, and may lack its closing line, which is told', async () => {
    expect(await readFile('open tcp 443 192.0.2.1 1\nopen tcp 443 192.0.2.2 1')).toEqual({
      targets: ['192.0.2.1:443', '192.0.2.2:443'],
      note: 'scan.out: masscan list, 2 targets',
    });
    expect((await readFile('#masscan\nopen tcp 443 192.0.2.1 1\n')).note).toBe(
      'scan.out: masscan list, 1 target; its closing line is missing, so the scan was stopped or still runs',
    );
  });

  test.each<[string, string, string]>([
    [
      'half a line',
      '#masscan\nopen tcp 443 192.0.2.1 1\nopen tcp 44',
      'line 3: the masscan list has a line that is not like',
    ],
    [
      'a line that may be half',
      '#masscan\nopen tcp 443 192.0.2.1 1',
      'line 2: the masscan list ends within this line',
    ],
    [
      'an address that is none',
      'open tcp 443 192.0.2.300 1\n',
      'scan.out line 1: "192.0.2.300" is no address',
    ],
    ['a port that is none', 'open tcp 99999 192.0.2.1 1\n', '"99999" is no port'],
  ])('is refused for %s', async (_, text, message) => {
    expect(await refusalOf(text)).toContain(message);
  });
});
