import { listRules } from '../../grade/list-rules.js';
import type { Certificate } from '../../model/certificate.js';
import type { Finding } from '../../model/finding.js';
import { LETTERS } from '../../model/grades.js';
import { STATUSES } from '../../model/judgement.js';
import type { Path } from '../../model/path.js';
import { PATH_STATUSES } from '../../model/path.js';
import { COLUMNS } from '../../report/columns.js';
import { firstContentLine } from '../../targets/first-content-line.js';
import { createCsvRecordReader } from '../csv-record-reader.js';
import { type ForeignResult, makeTlsResult } from '../foreign-result.js';
import type { ForeignSink, ForeignSource, LeftOut, Refuse } from '../foreign-source.js';
import { checkToldChain } from '../told-chain.js';
import { readToldEndpoint } from '../told-endpoint.js';
import { makeToldFacts } from '../told-facts.js';
import { readToldSerial, readToldSha256 } from '../told-hex.js';
import { readToldTime, readToldValidity } from '../told-time.js';

/** Columns without which a row says nothing that could be kept. */
const NEEDED = ['address', 'port', 'status', 'lastScan', 'fingerprintSha256'] as const;

/** What stands before text that a spreadsheet would run. */
const GUARD = /(^|;)'(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/gu;

/** Where a list was cut to what a cell holds. */
const CUT = /^… \(\d+ more\)$/;

const VALIDATIONS: readonly Certificate['validation'][] = ['EV', 'OV', 'DV', 'Unknown'];

const IDS_BY_TITLE: ReadonlyMap<string, string> = new Map(COLUMNS.map(({ id, title }) => [title, id]));

const RULES = new Map(listRules().map((rule) => [rule.id, rule]));

/** Reads the cell of a column by its id; null: it is empty, or there is no such column. */
type Cell = (id: string) => string | null;

/** The CSV of certsweep itself, also as a spreadsheet has saved it again with its cells as they were. */
export const certsweepCsv: ForeignSource = {
  origin: 'certsweep-csv',
  name: 'certsweep CSV',
  writtenBy: '`certsweep export --format csv`',
  description:
    'What the columns tell: status, grade and ids of findings stay as they are, with the severity of the default policy.',
  recognises(beginning) {
    const titles = firstContentLine(beginning)
      .split(/[,;\t]/)
      .map((title) => title.replaceAll('"', '').trim());
    return titles.includes('Address') && titles.includes('Port') && titles.includes('Status');
  },
  open(sink) {
    let columns: ReadonlyMap<string, number> | null = null;
    const records = createCsvRecordReader({
      fail: sink.fail,
      record(cells, line) {
        if (columns === null) columns = readHeader(cells, line, sink);
        else {
          sink.add(readRow(makeCell(columns, cells), (problem) => sink.fail(problem, line)));
        }
      },
    });
    return { write: records.write, end: records.end };
  },
};

function readHeader(cells: readonly string[], line: number, sink: ForeignSink): ReadonlyMap<string, number> {
  const columns = new Map<string, number>();
  for (const [place, title] of cells.entries()) {
    const id = IDS_BY_TITLE.get(title.trim());
    if (id !== undefined && !columns.has(id)) columns.set(id, place);
  }
  const missing = NEEDED.filter((id) => !columns.has(id));
  if (missing.length > 0)
    sink.fail(`lacks the columns ${missing.join(', ')}: export it with these, or without --fields`, line);
  return columns;
}

function makeCell(columns: ReadonlyMap<string, number>, cells: readonly string[]): Cell {
  return (id) => {
    const place = columns.get(id);
    const text = place === undefined ? '' : (cells[place] ?? '').replace(GUARD, '$1');
    return text === '' ? null : text;
  };
}

function readRow(cell: Cell, fail: Refuse): ForeignResult | LeftOut {
  const told = cell('fingerprintSha256');
  if (told === null) return 'without a certificate';
  const fingerprintSha256 = readToldSha256(told) ?? fail('has a fingerprint that is no SHA-256');
  const endpoint = readToldEndpoint(
    {
      host: cell('host'),
      address: cell('address'),
      port: cell('port') ?? '',
      serverName: cell('serverName'),
      protocol: cell('protocol') ?? 'tls',
    },
    fail,
  );
  const chain = listEntries(cell('presentedChain')).map(
    (each) => readToldSha256(each) ?? fail('has a presented chain with something that is no SHA-256'),
  );
  const fingerprints = checkToldChain(chain.length === 0 ? [fingerprintSha256] : chain, fail);
  if (fingerprints[0] !== fingerprintSha256) return fail('has a chain that begins with another certificate');
  const leaf = readFacts(cell, fingerprintSha256, fail);
  const status =
    STATUSES.find((each) => each === cell('status')) ?? fail('has a status that there is none of');
  const grade = cell('grade');
  const stapledOcsp = cell('stapledOcsp');
  const result = makeTlsResult(
    endpoint,
    { kind: 'told', fingerprints, leaf },
    {
      observedAt: readTime(cell('lastScan'), readToldTime, fail) ?? fail('has no time in "Last Scan"'),
      handshake: {
        version: cell('tlsVersion') ?? '',
        cipherSuite: cell('cipherSuite'),
        group: cell('group'),
        compression: cell('compression'),
      },
    },
  );
  return {
    ...result,
    judgement: {
      presented: [leaf],
      path: readPath(cell, fingerprintSha256),
      ...(stapledOcsp !== null && { stapledOcsp }),
      findings: listEntries(cell('warnings')).flatMap((id) => makeFinding(id, fingerprintSha256)),
      status,
      grade: LETTERS.find((letter) => letter === grade) ?? null,
    },
  };
}

function readFacts(cell: Cell, fingerprintSha256: string, fail: Refuse): Certificate {
  const bits = cell('keyLength');
  const subject = cell('subject');
  return makeToldFacts(
    {
      fingerprintSha256,
      commonName: cell('commonName'),
      ...(subject !== null && { subject }),
      issuer: cell('issuer') ?? '',
      subjectAltNames: listEntries(cell('subjectAltNames')),
      serialNumber: readToldSerial(cell('serialNumber')),
      notBefore: readTime(cell('issued'), readToldValidity, fail),
      notAfter: readTime(cell('expires'), readToldValidity, fail),
      keyType: cell('keyType') ?? '',
      keyBits: bits !== null && /^\d{1,6}$/.test(bits) ? Number(bits) : null,
      // The hash is all that the default columns tell of the signature.
      signatureAlgorithm: cell('signatureAlgorithm') ?? cell('hash') ?? '',
      validation: VALIDATIONS.find((each) => each === cell('validation')) ?? 'Unknown',
      spkiSha256: readToldSha256(cell('spkiSha256')) ?? '',
    },
    fail,
  );
}

/** `2026-11-22 10:00:00`, UTC; spreadsheets drop the seconds. */
function readTime(text: string | null, read: (time: string) => string | null, fail: Refuse): string | null {
  if (text === null) return null;
  const time = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d)(:\d\d)?$/.exec(text);
  const [, day, minute, second = ':00'] = time ?? [];
  return (
    (time && read(`${day}T${minute}${second}Z`)) ??
    fail('has a time that is not written as 2026-11-22 10:00:00: a spreadsheet may have changed it')
  );
}

/** `trusted (mozilla, corp)`. */
function readPath(cell: Cell, leaf: string): Path {
  const [, word, stores] = /^([a-z-]+)(?: \((.*)\))?$/.exec(cell('path') ?? '') ?? [];
  const status = PATH_STATUSES.find((each) => each === word) ?? 'none';
  return {
    status,
    trustStores: stores?.split(', ') ?? [],
    certificates: status === 'none' ? [] : [leaf],
    reason: cell('pathReason'),
  };
}

function makeFinding(id: string, leaf: string): Finding[] {
  const rule = RULES.get(id);
  if (rule === undefined) return [];
  const { advice, citation, severity, title } = rule;
  const subject = rule.subject === 'endpoint' ? null : leaf;
  const message = `${title.charAt(0).toLowerCase()}${title.slice(1)}, says a CSV file that tells no more`;
  return [{ id, severity, subject, message, advice, citation }];
}

function listEntries(text: string | null): string[] {
  return text === null ? [] : text.split('; ').filter((each) => each !== '' && !CUT.test(each));
}
