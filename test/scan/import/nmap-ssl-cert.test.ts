import { describe, expect, it } from 'vitest';
import { useTemporaryDirectory } from '../../store/temporary-directory.js';
import { readResults, readSample, refusalOf } from './import-fixture.js';

const inDirectory = useTemporaryDirectory();
const read = (text: string) => readResults(text, inDirectory('nmap.xml'));

describe('the XML of nmap', () => {
  it('gives certificates of servers, the protocol that was spoken, and the time of the host', async () => {
    const { leftOut, origin, results } = await read(readSample('nmap'));
    expect(origin).toBe('nmap');
    expect(results).toMatchObject([
      {
        endpoint: {
          host: '127.0.0.1',
          address: '127.0.0.1',
          port: 41487,
          protocol: 'smtp',
          serverName: null,
        },
        observedAt: '2026-11-22T19:21:24.000Z',
        handshake: { version: '' },
        chain: { kind: 'sent', isWhole: false },
      },
      { endpoint: { port: 46081, protocol: 'tls' } },
    ]);
    expect(leftOut).toEqual({ 'without a certificate': 2 });
  });

  it('gives the name that was typed, and the server name that the script was told to send', async () => {
    expect((await read(readSample('nmap-server-name'))).results).toMatchObject([
      { endpoint: { host: 'localhost', address: '127.0.0.1', serverName: 'good.lab.example' } },
    ]);
  });

  it('leaves out UDP, and old versions that tell no certificate', async () => {
    const sample = readSample('nmap-server-name');
    const udp = sample.replace('protocol="tcp" portid', 'protocol="udp" portid');
    expect((await read(udp)).leftOut).toEqual({ 'not TCP': 1 });
    const old = sample.replace('<elem key="pem">', '<elem key="none">');
    expect((await read(old)).leftOut).toEqual({ 'with no more of the certificate than its name': 1 });
  });

  it.each<[string, string, string]>([
    ['a file that was cut off', readSample('nmap').slice(0, 6000), 'ends before the scan does'],
    ['broken XML', readSample('nmap').replace('</elem>', '</elm>'), 'is no sound XML'],
    ['entities', '<!DOCTYPE nmaprun [<!ENTITY a "b">]><nmaprun/>', 'declares a document type of its own'],
    ['something else', '<?xml version="1.0"?><html/>', 'its outermost element is "html"'],
    ['depth', `<nmaprun>${'<a>'.repeat(200)}`, 'nests more than 100 levels deep'],
    [
      'a certificate that is none',
      readSample('nmap-server-name').replace('BEGIN CERTIFICATE', 'BEGIN CART'),
      'has a certificate that is no PEM',
    ],
  ])('refuses %s', async (_, text, problem) => {
    expect(await refusalOf(text, inDirectory('x.xml'))).toContain(problem);
  });
});
