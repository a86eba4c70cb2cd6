import { describe, expect, it } from 'vitest';
import { formatPlaceKey } from '../../../src/scan/diff/place-key.js';
import { makeEndpoint } from '../../store/sample-observation.js';

describe('formatPlaceKey', () => {
  it('sorts places as people list them', () => {
    const places = [
      makeEndpoint({ address: '9.0.0.1', port: 8443 }),
      makeEndpoint({ address: '10.0.0.2', port: 443 }),
      makeEndpoint({ address: '10.0.0.2', port: 8443 }),
      makeEndpoint({ address: '10.0.0.2', port: 10443 }),
      makeEndpoint({ address: '10.0.0.10' }),
      makeEndpoint({ address: '2001:db8::2' }),
      makeEndpoint({ address: '2001:db8::10' }),
      makeEndpoint({ address: 'fe80::1%eth0' }),
      makeEndpoint({ address: null, host: 'a.example' }),
      makeEndpoint({ address: null, host: 'b.example' }),
    ];
    const keys = places.map(formatPlaceKey);
    expect([...keys].sort()).toEqual(keys);
  });

  it('is the same for all protocols of a place, and for nothing else', () => {
    const tls = makeEndpoint({ port: 25 });
    expect(formatPlaceKey({ ...tls, protocol: 'smtp' })).toBe(formatPlaceKey(tls));
    for (const other of [
      { port: 26 },
      { host: 'a.example' },
      { serverName: 'a.example' },
      { address: '192.0.2.8' },
    ])
      expect(formatPlaceKey({ ...tls, ...other })).not.toBe(formatPlaceKey(tls));
    expect(formatPlaceKey(makeEndpoint({ address: 'fe80::1%a' }))).not.toBe(
      formatPlaceKey(makeEndpoint({ address: 'fe80::1%b' })),
    );
  });
});
