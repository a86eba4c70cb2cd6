/** Rows that a thread has put aside in a file, one behind the other. */
export interface RowRun {
  /** The number of the open file, which all threads of a process share. */
  readonly file: number;
  /** Where in the file the first one begins. */
  readonly start: number;
  /** Their places among all rows of the export, ascending. */
  readonly places: Uint32Array;
  /** Bytes of each, with its separator; 0: the endpoint is gone. */
  readonly sizes: Uint32Array;
}
