/** Probes an endpoint of this machine while no descriptor is free, and prints the result as JSON. */
import { closeSync, openSync } from 'node:fs';
import { probeEndpoint } from '../../src/probe/probe-endpoint.js';

const held: number[] = [];
const endpoint = {
  host: '127.0.0.1',
  address: '127.0.0.1',
  port: 1,
  protocol: 'tls',
  serverName: null,
} as const;
const options = { limits: { connectTimeoutMs: 1000, timeoutMs: 1000 }, handshake: 'hello' } as const;

// Whatever is loaded late is loaded now.
await probeEndpoint(endpoint, options);
try {
  for (;;) held.push(openSync('/dev/null', 'r'));
} catch (error) {
  if (!(error instanceof Error && 'code' in error && error.code === 'EMFILE')) throw error;
}
const result = await probeEndpoint(endpoint, options);
for (const descriptor of held) closeSync(descriptor);
console.log(JSON.stringify(result));
