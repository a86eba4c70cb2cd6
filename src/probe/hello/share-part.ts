/** A key share that hides nothing, with how to read the answer to it; a hybrid group has two. */
export interface SharePart {
  /** What we send. */
  readonly client: Buffer;
  /** The length of the server's half. */
  readonly serverBytes: number;
  /** The secret that the server's half leads to; null: it is not of the right form. */
  readonly secretOf: (serverShare: Buffer) => Buffer | null;
}
