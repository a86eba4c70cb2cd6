import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ObservationRecord } from '../../src/model/observation-record.js';
import { makeTemporaryFolder } from '../fixtures/temporary-folder.js';
import { checkRecords } from './check-records.js';
import { type Lab, startLab } from './lab.js';

// Why a child process: the demo is what a user does, through the command line, so it also proves the whole of it.

const CLI = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const SCANS = fileURLToPath(new URL('../../scans/', import.meta.url));
const DATABASE = relative('.', `${SCANS}demo.db`);
const CSV = relative('.', `${SCANS}demo.csv`);
/** Kept, so that the inventory can be judged again. */
const ANCHORS = relative('.', `${SCANS}demo-root.pem`);

/** What the silent servers cost: long enough for a busy machine, short enough to watch. */
const TIMEOUT_MS = '2000';

process.exitCode = await demonstrate();

/** Starts the lab, scans it, exports it, and compares with what the lab expects; the exit code says how it went. */
async function demonstrate(): Promise<number> {
  if (!existsSync(CLI)) {
    console.error('certsweep is not built yet: run `npm run build` first');
    return 2;
  }
  const lab = await startLab();
  const folder = await makeTemporaryFolder();
  try {
    await mkdir(SCANS, { recursive: true });
    await writeFile(ANCHORS, lab.trustAnchorsPem);
    for (const file of [DATABASE, `${DATABASE}-wal`, `${DATABASE}-shm`, CSV]) await rm(file, { force: true });
    return await scanAndCheck(lab, folder.file('all.ndjson'));
  } finally {
    await Promise.all([lab.close(), folder.remove()]);
  }
}

async function scanAndCheck(lab: Lab, recordsFile: string): Promise<number> {
  console.log(
    `The lab runs ${lab.servers.length} servers, each with one peculiarity; certsweep scans them all.\n`,
  );
  const targets = lab.servers.map(({ endpointTarget }) => endpointTarget);
  const inventory = ['--db', DATABASE];
  const everything = [...inventory, '--outcomes'];
  await certsweep(
    'scan',
    ...targets,
    '--trust-store',
    `corp=${ANCHORS}`,
    '--timeout',
    TIMEOUT_MS,
    ...inventory,
  );
  await certsweep('export', ...everything, '--format', 'csv', '--out', CSV);
  await certsweep('export', ...everything, '--format', 'ndjson', '--out', recordsFile);

  const records = (await readFile(recordsFile, 'utf8')).split('\n').filter((line) => line !== '');
  const complaints = checkRecords(
    lab.servers,
    records.map((line) => JSON.parse(line) as ObservationRecord),
  );
  const csvRows = (await readFile(CSV, 'utf8')).split('\r\n').filter((row) => row !== '').length - 1;
  if (csvRows !== lab.servers.length)
    complaints.push(`the CSV has ${csvRows} rows for ${lab.servers.length} servers`);

  for (const complaint of complaints) console.error(`not as expected: ${complaint}`);
  console.log(`\nInventory: ${DATABASE}\nCSV:       ${CSV}`);
  if (complaints.length > 0) return 1;
  console.log(
    `All ${lab.servers.length} servers: outcome, status, path and findings are as expected, and none besides.`,
  );
  return 0;
}

/** Runs the real command line to its end, its output shown. */
function certsweep(...args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], { stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`certsweep ${args[0]} ended with ${signal ?? `exit code ${code}`}`));
    });
  });
}
