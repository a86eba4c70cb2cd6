/** The options of `show` as they come from the command line. */
export interface ShowFlags {
  readonly db: string;
  readonly json?: true;
  readonly pem?: true;
  readonly fixedChain?: true;
  readonly limit: number;
  readonly trustStore?: Record<string, string>;
  readonly defaultTrust: boolean;
  readonly policy?: string;
  readonly now?: Date;
}
