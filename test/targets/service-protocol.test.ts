import { expect, test } from 'vitest';
import { serviceProtocol } from '../../src/targets/service-protocol.js';
import { PROTOCOL_TABLE } from './protocol-table.js';

test.each([
  ['smtp', 'smtp'],
  ['SMTP', 'smtp'],
  ['submission', 'smtp'],
  ['ms-wbt-server', 'rdp'],
  ['postgresql', 'postgres'],
  ['X509', 'tls'],
  ['https', 'tls'],
  ['http', undefined],
  ['', undefined],
  ['constructor', undefined],
])('the service %s speaks %s', (service, protocol) => {
  expect(serviceProtocol(service, PROTOCOL_TABLE)).toBe(protocol);
});

test('a service speaks nothing that the scan cannot', () => {
  expect(serviceProtocol('smtp', [])).toBeUndefined();
  expect(serviceProtocol('postgresql', [])).toBeUndefined();
});
