// Merges two inventories of many endpoints and runs into a third one, and prints what the program needs for all of it.
// Run: npx tsx test/bench/merge.ts [endpoints] [runs] [certificates], after npm run build; or, for inventories of another
// kind, such as make-inventory.ts makes: npx tsx test/bench/merge.ts a.db b.db

import { createHash } from 'node:crypto';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../src/store/open-database.js';
import { rebuildCurrentEndpoints } from '../../src/store/rebuild-current-endpoints.js';
import { measureProcess } from './measure-process.js';
import { CERTSWEEP } from './run-scan.js';
import { withFolder } from './with-folder.js';

const given = process.argv.slice(2);
const [endpoints = 500_000, runs = 10, certificates = 200_000] = given.map(Number);

await withFolder(async (folder) => {
  const into = join(folder, 'all.db');
  if (given.some((each) => Number.isNaN(Number(each)))) return benchMerge('as given', given, into);
  const [a, b] = ['a', 'b'].map((name) => join(folder, `${name}.db`));
  if (a === undefined || b === undefined) return;
  for (const speaking of [3, 7]) {
    makeInventory(a, 'a', 0, speaking);
    makeInventory(b, 'b', endpoints / 2, speaking);
    await benchMerge(`${speaking} of 10 endpoints speak TLS`, [a, b], into);
    for (const file of [a, b, into]) rmSync(file);
  }
});

async function benchMerge(name: string, files: readonly string[], into: string): Promise<void> {
  const sizes = files.map((file) => `${(statSync(file).size / 1e6).toFixed(0)} MB`);
  const command = ['merge', ...files, '--into', into, '--json'];
  const { cpuMs, peakRssMb, seconds, status, stdout } = await measureProcess([...CERTSWEEP, ...command]);
  if (status !== 0) throw new Error(`certsweep ${command.join(' ')} ended with ${status}`);
  console.log(`${name}: ${sizes.join(' and ')} to ${(statSync(into).size / 1e6).toFixed(0)} MB`);
  console.log(`  ${stdout.trim()}`);
  console.log(
    `  ${seconds.toFixed(1)} s, ${(cpuMs / 1000).toFixed(1)} s of CPU, ${peakRssMb.toFixed(0)} MB of memory`,
  );
}

/** Of ten endpoints so many speak, the others are silent; half of them are in both inventories, the runs are not. */
function makeInventory(file: string, name: string, first: number, speaking: number): void {
  const database = openDatabase(file, { create: true });
  const hash = (text: string) => createHash('sha256').update(text).digest();
  database.pragma('foreign_keys = OFF');
  database.function('digest', { deterministic: true }, (text: unknown) => hash(String(text)));
  database.function('address_of', { deterministic: true }, (number: unknown) => {
    const address = Buffer.alloc(4);
    address.writeUInt32BE(0x0a00_0000 + Number(number));
    return address;
  });
  database.function('entries_of', { deterministic: true }, (block: unknown) => {
    const bytes: number[] = [];
    for (let i = 0; i < 128; i += 1)
      if ((Number(block) + i) % 10 >= speaking) bytes.push((Number(block) + i) % 256, 0, 0, i);
    return Buffer.from(bytes);
  });
  const count = (rows: number) =>
    `with recursive n (i) as (select 0 union all select i + 1 from n where i + 1 < ${rows})`;
  database.transaction(() => {
    database.exec(`
      insert into scan_run (id, uuid, definition, started_at, ended_at, state, plan_size, counts)
        ${count(runs)} select i + 1, '${name}' || i, '{}', i * 86400000, i * 86400000 + 5, 'completed', ${endpoints}, '{}' from n;
      insert into outcome (id, content_hash, name) values (1, digest('tls'), 'tls'), (2, digest('timeout'), 'connect-timeout');
      insert into judgement (id, content_hash, status, path_status, trust_stores, fingerprints, path_length)
        ${count(1000)} select i + 1, digest('judgement' || i), 'Good', 'trusted', '[]', x'', 0 from n;
      insert into certificate (id, sha256, der, common_name, subject, issuer, not_after)
        ${count(certificates)} select i + 1, digest('certificate' || (i + ${first})), randomblob(1000), 'name' || i, 'CN=name' || i,
          'CN=CA ' || (i % 100), 1800000000000 from n;
      insert into chain (id, content_hash) ${count(certificates)} select i + 1, digest('chain' || (i + ${first})) from n;
      insert into chain_certificate (chain_id, position, certificate_id)
        ${count(certificates)} select i + 1, 0, i + 1 from n union all select i + 1, 1, i % 100 + 1 from n;
      insert into endpoint (id, host, address, port, protocol, server_name)
        ${count(endpoints)} select i + 1, '', address_of(i + ${first}), 443, 'tls', '' from n where (i + ${first}) % 10 < ${speaking};
      insert into observation (endpoint_id, run_id, observed_at, outcome_id, chain_id, judgement_id)
        select endpoint.id, run.id, run.started_at + endpoint.id, 1, endpoint.id % ${certificates} + 1, endpoint.id % 1000 + 1
        from endpoint cross join scan_run as run;
      insert into endpoint_chain (chain_id, endpoint_id) select distinct chain_id, endpoint_id from observation;
      insert into bare_observation (block, port, protocol, run_id, outcome_id, judgement_id, entries)
        ${count(endpoints / 128)} select case i % 2 when 0 then substr(address_of(i * 128 + ${first}), 1, 3)
            else address_of(i * 128 + ${first}) end, 443, 'tls', run.id, 2, 1, entries_of(i * 128 + ${first})
          from n cross join scan_run as run;`);
    rebuildCurrentEndpoints(database);
  })();
  database.close();
}
