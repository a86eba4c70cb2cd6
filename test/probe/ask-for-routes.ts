/** Run in a network namespace of its own: changes the routes there and prints what `hasRoute` and a probe say of them. */
import { execFileSync } from 'node:child_process';
import { hasRoute } from '../../src/probe/has-route.js';
import { isRouteMissing } from '../../src/probe/is-route-missing.js';
import { probeEndpoint } from '../../src/probe/probe-endpoint.js';

const IPV4 = '192.0.2.7';
const IPV6 = '2001:db8::7';

function ip(...words: readonly string[]): void {
  execFileSync('ip', words, { stdio: 'pipe' });
}

async function probe() {
  const endpoint = { host: IPV4, address: IPV4, port: 443, protocol: 'tls', serverName: null };
  const limits = { connectTimeoutMs: 1000, timeoutMs: 1000 };
  const result = await probeEndpoint(endpoint, { limits, handshake: 'hello' });
  return { outcome: result.outcome, isRouteMissing: isRouteMissing(result) };
}

const said: Record<string, unknown> = {};
said.loopback = await hasRoute('127.0.0.1');
said['nothing but loopback'] = {
  ipv4: await hasRoute(IPV4),
  ipv6: await hasRoute(IPV6),
  ...(await probe()),
};
ip('route', 'add', '192.0.2.0/24', 'dev', 'lo');
ip('-6', 'addr', 'add', '2001:db8:1::1/128', 'dev', 'lo', 'nodad');
ip('-6', 'route', 'add', '2001:db8::/64', 'dev', 'lo');
said['a route'] = { ipv4: await hasRoute(IPV4), ipv6: await hasRoute(IPV6) };
said['beside the route'] = {
  ipv4: await hasRoute('198.51.100.1'),
  ipv6: await hasRoute('2001:db8:5::1'),
};
ip('route', 'add', 'unreachable', `${IPV4}/32`);
said['a route that refuses'] = { ipv4: await hasRoute(IPV4), ...(await probe()) };
ip('route', 'del', 'unreachable', `${IPV4}/32`);
ip('route', 'del', '192.0.2.0/24', 'dev', 'lo');
said['the route gone again'] = { ipv4: await hasRoute(IPV4), ipv6: await hasRoute(IPV6) };
console.log(JSON.stringify(said));
