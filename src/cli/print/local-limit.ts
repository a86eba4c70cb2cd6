/** What helps against each limit of this machine; `needed` is the limit of descriptors that the scan would take. */
const ADVICE: Readonly<Record<string, (needed: number) => string>> = {
  EMFILE: (needed) => `this process may not have enough files open: ulimit -n ${needed} lets it`,
  ENFILE: () => 'this system has no more descriptors: raise fs.file-max, or lower --concurrency',
  EADDRNOTAVAIL: () =>
    'this machine has no more local ports: lower --concurrency, or widen net.ipv4.ip_local_port_range',
};

/** Says which limit of this machine was met (an errno name), and what lifts it. */
export function describeLocalLimit(code: string, needed: number): string {
  const advise = ADVICE[code];
  return advise
    ? advise(needed)
    : `this system has no memory for more connections (${code}): lower --concurrency`;
}
