/** One (address, port, protocol, server name): the unit of probing. */
export interface Endpoint {
  /** The host as asked for: a name, or the address itself. */
  readonly host: string;
  /** Canonical text of the address (RFC 5952 for IPv6); null when the host's name did not resolve. */
  readonly address: string | null;
  readonly port: number;
  /** `tls` for implicit TLS, else the name of the STARTTLS protocol. */
  readonly protocol: string;
  /** The SNI to send; null: none. Never an IP literal. */
  readonly serverName: string | null;
}

/** Writes an endpoint as people do: `name@[2001:db8::1]:25/smtp`, leaving out what goes without saying. */
export function formatEndpoint(endpoint: Endpoint): string {
  const place = endpoint.address ?? endpoint.host;
  const named = endpoint.serverName ?? (endpoint.host === place ? null : endpoint.host);
  const name = named === null || named === place ? '' : `${named}@`;
  const host = place.includes(':') ? `[${place}]` : place;
  const protocol = endpoint.protocol === 'tls' ? '' : `/${endpoint.protocol}`;
  return `${name}${host}:${endpoint.port}${protocol}`;
}
