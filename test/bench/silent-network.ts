/** All of 198.18.0.0/15, the addresses for benchmarks (RFC 2544), where nobody answers. */
export const SILENT_ADDRESSES = '198.18.0.0/15';

/**
 * Starts a program in a network namespace in which these addresses have a way and no end: packets go down a virtual cable to
 * a station that is not at its other end. The namespace and all in it are gone when the program ends, however that is.
 */
export const SILENT_NETWORK = [
  ...['unshare', '--net', '--map-root-user', 'sh', '-c'],
  `set -e
  ip link set lo up
  ip link add near type veth peer name far
  ip link set near up
  ip link set far up
  ip address add 192.0.2.1/24 dev near
  ip neighbour add 192.0.2.2 lladdr 02:00:00:00:00:02 dev near
  ip route add ${SILENT_ADDRESSES} via 192.0.2.2
  exec "$@"`,
  'sh',
];
