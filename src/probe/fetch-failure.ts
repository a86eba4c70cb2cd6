/** What a fetch can fail by; the first group refuses, the second is the network's or the server's doing. */
export type FetchFailureCode =
  | 'url'
  | 'scheme'
  | 'userinfo'
  | 'port'
  | 'private-address'
  | 'excluded'
  | 'redirects'
  | 'too-large'
  | 'encoding'
  // The network and the server.
  | 'unresolved'
  | 'connect'
  | 'timeout'
  | 'broken'
  | 'status'
  | 'cancelled';

/** Why nothing was fetched. */
export interface FetchFailure {
  readonly code: FetchFailureCode;
  /** One sentence; lower case, no full stop. */
  readonly detail: string;
}

/** Carries a failure within a fetch; never leaves it. */
export class FetchError extends Error {
  override readonly name = 'FetchError';
  readonly code: FetchFailureCode;

  constructor(code: FetchFailureCode, message: string) {
    super(message);
    this.code = code;
  }
}
