import * as registry from './starttls/index.js';
import type { StarttlsProtocol } from './starttls-protocol.js';

/** Every protocol that can be spoken up to TLS, by its name. */
export const starttlsProtocols: ReadonlyMap<string, StarttlsProtocol> = new Map(
  Object.values(registry).map((protocol) => [protocol.name, protocol]),
);
