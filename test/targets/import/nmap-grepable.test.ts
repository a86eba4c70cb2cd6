import { describe, expect, test } from 'vitest';
import { readFile, refusalOf } from './import-fixture.js';
import { SAMPLES } from './samples.js';

const [OF_NMAP = '', OF_MASSCAN = ''] = SAMPLES.nmapGrepable ?? [];

describe('the grepable output of nmap', () => {
  test('gives open TCP ports and protocols that were heard, and no names', async () => {
    expect(await readFile(OF_NMAP)).toEqual({
      targets: [
        '192.0.2.7:18025/smtp',
        '192.0.2.7:143',
        '192.0.2.7:6666',
        '192.0.2.7:18443/tls',
        '[2001:db8::1]:443',
      ],
      note: 'scan.out: nmap grepable output, 5 targets; left out: 1 closed or filtered, 1 not TCP',
    });
  });

  test('is what masscan writes too', async () => {
    expect((await readFile(OF_MASSCAN)).targets).toEqual(['192.0.2.8:443']);
  });

  test('may be a few lines of it', async () => {
    const lines = OF_NMAP.split('\n').filter((line) => line.includes('2001:db8::1'));
    expect(await readFile(lines.join('\n'))).toEqual({
      targets: ['[2001:db8::1]:443'],
      note: 'scan.out: nmap grepable output, 1 target',
    });
  });

  test('may lack its closing line, which is told', async () => {
    const { targets, note } = await readFile(OF_NMAP.slice(0, OF_NMAP.indexOf('# Nmap done')));
    expect(targets).toHaveLength(5);
    expect(note).toContain('; its closing line is missing, so the scan was stopped or still runs');
  });

  test.each<[string, string, string]>([
    [
      'half a line',
      OF_NMAP.slice(0, OF_NMAP.indexOf(', 53/')),
      'scan.out line 3: the nmap grepable output ends within this line',
    ],
    [
      'what is for people',
      '# Nmap 7.93 scan initiated Sun Nov 22 19:02:06 2026 as: nmap -oN - 192.0.2.7\nNmap scan report for 192.0.2.7\n',
      'scan.out line 2: the nmap grepable output is written for people (-oN): let nmap write -oX or -oG',
    ],
    ['what is on the screen', 'Starting Nmap 7.93 ( https://nmap.org )\n', 'is written for people'],
    [
      'lines of something else',
      `${OF_NMAP}192.0.2.1\n`,
      'line 6: the nmap grepable output has a line that does not begin with "Host: "',
    ],
    [
      'an address that is none',
      'Host: 192.0.2.x ()\tPorts: 443/open/tcp//https///\n',
      'scan.out line 1: "192.0.2.x" is',
    ],
    ['a port that is none', 'Host: 192.0.2.1 ()\tPorts: 70000/open/tcp//https///\n', '"70000" is no port'],
  ])('is refused for %s', async (_, text, message) => {
    expect(await refusalOf(text)).toContain(message);
  });
});
