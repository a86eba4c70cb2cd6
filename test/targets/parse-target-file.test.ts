import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/model/usage-error.js';
import { formatTarget } from '../../src/targets/format-target.js';
import { parseTargetFile, type TargetFile } from '../../src/targets/parse-target-file.js';
import { PROTOCOL_TABLE } from './protocol-table.js';

const OPTIONS = { protocols: PROTOCOL_TABLE };

function parse(pieces: Iterable<string> | AsyncIterable<string>): Promise<TargetFile> {
  return parseTargetFile(pieces, 'scan.out', OPTIONS);
}

function* nmapHosts(count: number): Generator<string> {
  yield '<?xml version="1.0"?>\n<nmaprun scanner="nmap">\n';
  for (let host = 0; host < count; host += 1) {
    const address = `10.${host >>> 16}.${(host >>> 8) & 255}.${host & 255}`;
    yield `<host><status state="up"/><address addr="${address}" addrtype="ipv4"/><ports><port protocol="tcp" portid="443"><state state="open" reason="syn-ack"/><service name="http" tunnel="ssl" method="probed"/></port></ports></host>\n`;
  }
  yield '</nmaprun>\n';
}

describe('a file of targets', () => {
  test('of words, a table or JSON lines is target text', async () => {
    for (const text of ['192.0.2.1\n', 'address,port\n192.0.2.1,\n', '{"address":"192.0.2.1"}\n']) {
      const { targets, note } = await parse(text);
      expect(targets.map(formatTarget)).toEqual(['192.0.2.1']);
      expect(targets[0]?.origin.place).toMatch(/^scan\.out line [12]$/);
      expect(note).toBeNull();
    }
    expect(await parse([])).toEqual({ targets: [], note: null });
  });

  test('that is UTF-16 is refused with what to do', async () => {
    const text = Buffer.from('\ufeff<?xml version="1.0"?>', 'utf16le').toString('utf8');
    await expect(parse([text])).rejects.toThrow('scan.out: is binary or UTF-16: save it as UTF-8 text');
  });

  test('of another scanner may be long, and is read as fast as it is long', async () => {
    const msFor = async (count: number) => {
      const start = performance.now();
      const { targets, note } = await parse(nmapHosts(count));
      expect(note).toBe(`scan.out: nmap XML, ${count.toLocaleString('en-US')} targets`);
      const last = targets[count - 1] ?? { hosts: { name: 'none' } };
      expect(formatTarget(last)).toBe(`10.0.${(count - 1) >>> 8}.${(count - 1) & 255}:443/tls`);
      return performance.now() - start;
    };
    await msFor(2000);
    const few = await msFor(5000);
    // Eight times as many; what takes time by their square would take sixty-four times as long.
    expect(await msFor(40_000)).toBeLessThan(30 * Math.max(few, 20));
  });

  test('is read no further than the fault for which it is refused', async () => {
    let given = 0;
    async function* endless(): AsyncGenerator<string> {
      yield '<nmaprun><host>';
      for (;;) {
        given += 1;
        yield `<ports>${' '.repeat(70_000)}`;
      }
    }
    await expect(parse(endless())).rejects.toThrow(UsageError);
    expect(given).toBeLessThan(200);
  });

  test.each([
    ['white space', ['<nmaprun>', ' '], 'has more than 16 million characters in one place'],
    ['an attribute', ['<nmaprun><host a="', 'x'], 'has more than 16 million characters in one place'],
    ['a comment', ['<nmaprun><!-- ', 'x'], 'has more than 16 million characters in one place'],
    ['a document type', ['<!DOCTYPE nmaprun [', ' '], 'has more than 16 million characters in one place'],
    ['a line', ['Host: 192.0.2.1 ()\t', 'x'], 'has a line of more than 16 million characters'],
    ['an object', ['{"ip":"192.0.2.1","ports":[', ' '], 'has an object of more than 64 million characters'],
  ])('is refused for %s without end', async (_, [begin = '', more = ''], message) => {
    function* endless(): Generator<string> {
      yield begin;
      const piece = more.repeat(1024 * 1024);
      for (;;) yield piece;
    }
    await expect(parse(endless())).rejects.toThrow(message);
  });
});
