export { address } from './address.js';
export { cidr } from './cidr.js';
export { hostName } from './host-name.js';
export { nameAtHosts } from './name-at-hosts.js';
export { octetRange } from './octet-range.js';
export { range } from './range.js';
export { url } from './url.js';
