/** Run in a network namespace of its own: takes the network away, gives it back, and prints what a watch says of it. */
import { execFileSync } from 'node:child_process';
import { createNetworkWatch } from '../../../src/scan/pace/network-watch.js';

const WITNESS = '192.0.2.9';
const STRANGER = '198.51.100.1';

function ip(words: string): void {
  execFileSync('ip', words.split(' '), { stdio: 'pipe' });
}

const { signal } = new AbortController();
const said: string[] = [];
const watch = createNetworkWatch();

said.push(`no interface: ${await watch.check(STRANGER)}`);
ip('link add here type veth peer name there');
ip('link set there up');
ip('link set here up');
ip('addr add 10.9.0.1/24 dev here');
await watch.back(signal);
said.push('interface: back', `interface: ${await watch.check(STRANGER)}`);

ip('route add 192.0.2.0/24 dev here');
watch.answered(WITNESS);
said.push(`witness: ${await watch.check(STRANGER)}`);
ip('route del 192.0.2.0/24 dev here');
said.push(`route gone: ${await watch.check(STRANGER)}`);
await watch.back(AbortSignal.timeout(100));
said.push('stopped while it is gone');
const back = watch.back(signal);
ip('route add 192.0.2.0/24 dev here');
await back;
said.push('route there: back', `route there: ${await watch.check(STRANGER)}`);
console.log(JSON.stringify(said));
