import { InvalidArgumentError } from 'commander';
import { readIpAddress } from '../../x509/ip-address.js';

/** Reads the address of a name server, perhaps with a port: `192.0.2.53`, `192.0.2.53:5353`, `[2001:db8::53]:5353`. */
export function nameServer(text: string): string {
  const match = /^(?:\[([^\]]+)\]|([^:]+)|([^[\]]+:[^[\]]*:[^[\]]*))(?::(\d{1,5}))?$/.exec(text);
  const address = match?.[1] ?? match?.[2] ?? match?.[3] ?? '';
  const port = Number(match?.[4] ?? 53);
  if (readIpAddress(address) === null || port < 1 || port > 65_535) {
    throw new InvalidArgumentError(
      'it must be an address, perhaps with a port: 192.0.2.53 or 192.0.2.53:5353.',
    );
  }
  return text;
}
