/** Run in a network namespace of its own: serves the network, and prints what there is to know of it. */
import { startFaultNetwork } from './fault-network.js';

const [prefix = ''] = process.argv.slice(2);
const { close: _close, ...network } = await startFaultNetwork(prefix);
console.log(JSON.stringify(network));
