import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../src/model/endpoint.js';
import type { Target } from '../../src/model/target.js';
import { parseTargets } from '../../src/targets/parse-targets.js';
import { makeTagIndex } from '../../src/targets/tag-index.js';
import { PROTOCOL_TABLE } from './protocol-table.js';

/** Targets with tags: the lines of a CSV file. */
function read(...rows: readonly string[]): Target[] {
  const text = ['address,name,port,tags', ...rows].join('\n');
  return parseTargets({ text, source: 'targets.csv', isFile: true }, { protocols: PROTOCOL_TABLE });
}

function endpointOf(address: string | null, port = 443, name: string | null = null): Endpoint {
  return { host: name ?? address ?? '', address, port, protocol: 'tls', serverName: name };
}

describe('tags of targets', () => {
  it.each<[string, string[], Endpoint, string[]]>([
    ['an address', ['192.0.2.7,,,web'], endpointOf('192.0.2.7'), ['web']],
    ['another address', ['192.0.2.7,,,web'], endpointOf('192.0.2.8'), []],
    ['a network', ['192.0.2.0/24,,,lab'], endpointOf('192.0.2.255'), ['lab']],
    ['an IPv6 network', ['2001:db8::/64,,,lab'], endpointOf('2001:db8::7'), ['lab']],
    ['an address with a zone', ['fe80::/10,,,link'], endpointOf('fe80::1%eth0'), ['link']],
    [
      'all rows that mean it, each tag once in any case',
      ['192.0.2.0/24,,,lab;Web', '192.0.2.7,,,prod;web', '192.0.2.8,,,other', '0.0.0.0/0,,,all'],
      endpointOf('192.0.2.7'),
      ['all', 'lab', 'prod', 'Web'],
    ],
    ['any port where none is written', ['192.0.2.7,,,web'], endpointOf('192.0.2.7', 8443), ['web']],
    ['the port that is written', ['192.0.2.7,,8443,web'], endpointOf('192.0.2.7', 8443), ['web']],
    ['no other port', ['192.0.2.7,,8443,web'], endpointOf('192.0.2.7'), []],
    [
      'a name, whatever its address',
      [',shop.example,,shop'],
      endpointOf('192.0.2.9', 443, 'Shop.Example'),
      ['shop'],
    ],
    [
      'a name at an address',
      ['192.0.2.7,shop.example,,shop'],
      endpointOf('192.0.2.7', 443, 'shop.example'),
      ['shop'],
    ],
    [
      'no other name there',
      ['192.0.2.7,shop.example,,shop'],
      endpointOf('192.0.2.7', 443, 'mail.example'),
      [],
    ],
    ['no name where one is asked for', ['192.0.2.7,shop.example,,shop'], endpointOf('192.0.2.7'), []],
    ['what could not be resolved', [',shop.example,,shop'], endpointOf(null, 443, 'shop.example'), ['shop']],
  ])('go to %s', (_, rows, endpoint, tags) => {
    expect(makeTagIndex(read(...rows))?.(endpoint)).toEqual(tags);
  });

  it('are none where no target has any', () => {
    expect(makeTagIndex(read('192.0.2.7,,443,'))).toBeNull();
  });

  it('are found among any number of networks, whichever overlap', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const network = fc.record({ first: byte, length: byte });
    fc.assert(
      fc.property(fc.array(network, { minLength: 1, maxLength: 30 }), byte, (networks, last) => {
        const rows = networks.map(({ first, length }, place) => {
          const end = Math.min(255, first + length);
          return `192.0.2.${first}-192.0.2.${end},,,t${String(place).padStart(2, '0')}`;
        });
        const expected = networks.flatMap(({ first, length }, place) =>
          last >= first && last <= first + length ? [`t${String(place).padStart(2, '0')}`] : [],
        );
        expect(makeTagIndex(read(...rows))?.(endpointOf(`192.0.2.${last}`))).toEqual(expected);
      }),
    );
  });
});
