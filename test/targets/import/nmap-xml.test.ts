import { describe, expect, test } from 'vitest';
import { readFile, refusalOf } from './import-fixture.js';
import { SAMPLES } from './samples.js';

const [OF_NMAP = '', OF_MASSCAN = ''] = SAMPLES.nmapXml ?? [];

/** A scan of one host with these elements in it. */
function scanOf(
  host: string,
  port = '<port protocol="tcp" portid="443"><state state="open"/></port>',
): string {
  return `<?xml version="1.0"?>\n<nmaprun><host>${host}\n<ports>${port}</ports></host></nmaprun>`;
}

const ADDRESS = '<address addr="192.0.2.7" addrtype="ipv4"/>';

describe('the XML of nmap', () => {
  test('gives open TCP ports, names that were typed, and protocols that were heard', async () => {
    expect(await readFile(OF_NMAP)).toEqual({
      targets: [
        'mail.example@192.0.2.7:18025/smtp',
        'mail.example@192.0.2.7:18443/tls',
        '[2001:db8::1]:143',
        '[2001:db8::1]:6666',
      ],
      note: 'scan.out: nmap XML, 4 targets; left out: 1 closed or filtered, 1 not TCP',
    });
  });

  test('is what masscan writes too', async () => {
    expect((await readFile(OF_MASSCAN)).targets).toEqual(['192.0.2.8:443', '192.0.2.8:8443/tls']);
  });

  test.each([
    ['a port that is open or filtered', 'open|filtered'],
    ['a port without a state', ''],
  ])('leaves out %s', async (_, state) => {
    const { targets, note } = await readFile(
      scanOf(ADDRESS, `<port protocol="tcp" portid="443"><state state="${state}"/></port>`),
    );
    expect(targets).toEqual([]);
    expect(note).toContain('left out: 1 closed or filtered');
  });

  test.each(['fe80::1', 'fe80::1%eth0', 'febf::1'])(
    'leaves out the link-local address %s',
    async (address) => {
      const { targets, note } = await readFile(scanOf(`<address addr="${address}" addrtype="ipv6"/>`));
      expect(targets).toEqual([]);
      expect(note).toContain('left out: 1 at a link-local address');
    },
  );

  test.each([
    ['<service name="smtp" method="probed"/>', '192.0.2.7:9999/smtp'],
    ['<service name="smtp" method="table"/>', '192.0.2.7:9999'],
    ['<service name="postgresql" method="probed"/>', '192.0.2.7:9999/postgres'],
    ['<service name="ms-wbt-server" method="probed"/>', '192.0.2.7:9999/rdp'],
    ['<service name="smtp" tunnel="ssl" method="probed"/>', '192.0.2.7:9999/tls'],
    ['<service name="http" method="probed"/>', '192.0.2.7:9999'],
    ['<service/>', '192.0.2.7:9999'],
  ])('chooses the protocol by %s', async (service, target) => {
    const port = `<port protocol="tcp" portid="9999"><state state="open"/>${service}</port>`;
    expect((await readFile(scanOf(ADDRESS, port))).targets).toEqual([target]);
  });

  test('reads international names, and each name once', async () => {
    const names = ['user', 'user', 'PTR']
      .map((type) => `<hostname name="B&#xFC;cher.example" type="${type}"/>`)
      .join('');
    expect((await readFile(scanOf(`${ADDRESS}<hostnames>${names}</hostnames>`))).targets).toEqual([
      'xn--bcher-kva.example@192.0.2.7:443',
    ]);
  });

  test.each<[string, string, string]>([
    [
      'another document',
      '<?xml version="1.0"?>\n<html></html>',
      'scan.out line 2: the nmap XML is of something else: its outermost element is "html", not "nmaprun"; nothing of it is scanned: write it again, whole',
    ],
    [
      'a scan that was stopped',
      OF_NMAP.slice(0, OF_NMAP.indexOf('<runstats>')),
      'the nmap XML ends before the scan does, which was stopped or still runs; nothing of it is scanned',
    ],
    ['no element at all', '<?xml version="1.0"?>\n', 'is no sound XML: document must contain a root element'],
    ['a tag that is not closed', '<nmaprun><host></nmaprun>', 'is no sound XML: unexpected close tag'],
    ['an entity of its own', scanOf('&lol;'), 'is no sound XML: undefined entity'],
    [
      'a document type with declarations',
      `<!DOCTYPE nmaprun [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<nmaprun>&b;</nmaprun>`,
      'declares a document type of its own, which nmap never does',
    ],
    ['elements nested without end', `<nmaprun>${'<a>'.repeat(100_000)}`, 'nests more than 100 levels deep'],
    [
      'an address that is none',
      scanOf('<address addr="192.0.2.700" addrtype="ipv4"/>'),
      '"192.0.2.700" is no address',
    ],
    ['no address', scanOf(''), 'scan.out line 3: the nmap XML has a host without an address'],
    [
      'a port that is none',
      scanOf(ADDRESS, '<port protocol="tcp" portid="65536"><state state="open"/></port>'),
      'scan.out line 3: "65536" is no port',
    ],
    [
      'a name that is none',
      scanOf(`${ADDRESS}<hostnames><hostname name="a b" type="user"/></hostnames>`),
      '"a b" is no host name',
    ],
  ])('is refused for %s', async (_, text, message) => {
    expect(await refusalOf(text)).toContain(message);
  });

  test('names the first five mistakes and counts the rest', async () => {
    const host = `<host><address addr="x" addrtype="ipv4"/><ports><port protocol="tcp" portid="1"><state state="open"/></port></ports></host>\n`;
    const message = await refusalOf(`<nmaprun>${host.repeat(7)}</nmaprun>`);
    expect(message.split('\n')).toHaveLength(6);
    expect(message).toContain('and 2 more like these');
  });

  test('does not take an attribute for more than an attribute', async () => {
    const text = scanOf('<address __proto__="1" constructor="2" addr="192.0.2.7" addrtype="ipv4"/>');
    expect((await readFile(text)).targets).toEqual(['192.0.2.7:443']);
  });
});
