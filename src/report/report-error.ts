/** A report could not be written, for a reason that no other command line would have avoided. */
export class ReportError extends Error {
  override readonly name = 'ReportError';
}
