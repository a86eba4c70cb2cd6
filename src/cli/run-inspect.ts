import { isAtLeast, listOpenFindings } from '../model/finding.js';
import type { Path } from '../model/path.js';
import { UsageError } from '../model/usage-error.js';
import { type FileContext, inspectFiles } from '../scan/inspect-files.js';
import { inspectTrustStore, type TrustStoreInspection } from '../scan/inspect-trust-store.js';
import type { Inspection } from '../scan/inspection.js';
import { type OpenedFile, openFile } from '../scan/opened-file.js';
import { DerError } from '../x509/der-error.js';
import { PasswordError } from '../x509/password-error.js';
import { EXIT_CODES, type ExitCode } from './exit-codes.js';
import type { InspectFlags } from './inspect-flags.js';
import { openProtected } from './open-protected.js';
import type { PasswordSource } from './password-source.js';
import { escapeTerminal } from './print/escape-terminal.js';
import { formatInspectReport } from './print/inspect-report.js';
import { makeTextStyle } from './print/text-style.js';
import { formatTrustStoreReport } from './print/trust-store-report.js';
import { writeStream } from './print/write-stream.js';
import { nameInput, readInput } from './read-input.js';

/** A file that could not be inspected. */
interface FailedFile {
  readonly file: string;
  readonly error: string;
}

/** What became of one file. */
type Result = FailedFile | Inspection | TrustStoreInspection;

/** Inspects files, prints what each is and what is wrong with it, and says how the process shall end. */
export async function runInspect(
  paths: readonly string[],
  context: FileContext,
  passwords: PasswordSource,
  flags: Pick<InspectFlags, 'as' | 'failOn' | 'json'>,
): Promise<ExitCode> {
  const opened: (FailedFile | { readonly name: string; readonly file: OpenedFile })[] = [];
  for (const path of paths) opened.push(await open(path, passwords));
  const results = inspect(opened, context, flags.as);
  await writeStream(process.stdout, flags.json ? writeJson(results) : writeText(results, context.now));
  const { failOn } = flags;
  const findings = results.flatMap((result) => ('error' in result ? [] : listOpenFindings(result.findings)));
  if (failOn !== undefined && findings.some(({ severity }) => isAtLeast(severity, failOn)))
    return EXIT_CODES.findings;
  const failed = results.filter((result) => 'error' in result).length;
  if (failed === 0) return EXIT_CODES.done;
  return failed === results.length ? EXIT_CODES.usage : EXIT_CODES.unfinished;
}

async function open(
  path: string,
  passwords: PasswordSource,
): Promise<FailedFile | { readonly name: string; readonly file: OpenedFile }> {
  const name = nameInput(path);
  try {
    const bytes = await readInput(path, 'certificates');
    const file = await openProtected((password) => openFile(bytes, password), name, passwords, isLocked);
    return { name, file };
  } catch (error) {
    if (error instanceof DerError || error instanceof PasswordError)
      return { file: name, error: `cannot inspect ${name}: ${error.message}` };
    if (error instanceof UsageError) return { file: name, error: error.message };
    throw error;
  }
}

function isLocked({ objects }: OpenedFile): boolean {
  return objects.some((object) => object.kind === 'private-key' && object.publicKey === null);
}

function inspect(
  opened: readonly (FailedFile | { readonly name: string; readonly file: OpenedFile })[],
  context: FileContext,
  form: InspectFlags['as'],
): readonly Result[] {
  const whole = opened.flatMap((each) => ('error' in each ? [] : [each]));
  const inspections: readonly (Inspection | TrustStoreInspection)[] =
    form === 'chain' ? inspectFiles(whole, context) : whole.map((each) => inspectTrustStore(each, context));
  const byFile = new Map(whole.map((each, index) => [each, inspections[index]]));
  return opened.flatMap((each) => ('error' in each ? each : (byFile.get(each) ?? [])));
}

async function* writeText(results: readonly Result[], now: Date): AsyncGenerator<string> {
  const style = makeTextStyle(process.stdout, process.env.NO_COLOR);
  let separator = '';
  for (const result of results) {
    if ('error' in result) {
      process.stderr.write(`certsweep: ${escapeTerminal(result.error)}\n`);
      continue;
    }
    yield separator;
    yield 'entries' in result
      ? formatTrustStoreReport(result, style)
      : formatInspectReport(result, now, style);
    separator = `\n${'─'.repeat(style.width)}\n\n`;
  }
}

const NO_PATH: Path = { status: 'none', trustStores: [], certificates: [], reason: null };

/** One array, an element for each file. */
async function* writeJson(results: readonly Result[]): AsyncGenerator<string> {
  for (const [index, result] of results.entries()) {
    yield `${index === 0 ? '[' : ','}\n${JSON.stringify(toJson(result), null, 2)}`;
  }
  yield '\n]\n';
}

/** The first chain stands for the file, in the words of observation records. */
function toJson(result: Result) {
  if ('error' in result || 'entries' in result) return { error: null, ...result };
  const { chains, ...rest } = result;
  const [first, ...others] = chains;
  return {
    error: null,
    ...rest,
    certificate: first?.certificate ?? null,
    path: first?.path ?? NO_PATH,
    status: first?.status ?? 'No certificate',
    grade: first?.grade ?? null,
    chain: first?.chain ?? null,
    otherChains: others,
  };
}
