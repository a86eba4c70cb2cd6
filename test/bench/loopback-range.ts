/** So many addresses of loopback, from 127.1.0.0 on. */
export function loopbackRange(count: number): string {
  const last = count - 1;
  return `127.1.0.0-127.${1 + (last >> 16)}.${(last >> 8) & 255}.${last & 255}`;
}
