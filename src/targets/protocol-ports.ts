/** A protocol that can be spoken before TLS, and the ports where it is expected. */
export interface ProtocolPorts {
  /** As in `25/smtp`. */
  readonly name: string;
  readonly defaultPorts: readonly number[];
}

/** The name of implicit TLS, which every scan speaks. */
export const IMPLICIT_TLS = 'tls';
