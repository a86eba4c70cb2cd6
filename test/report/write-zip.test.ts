import { expect, it } from 'vitest';
import { writeZip, type ZipPart } from '../../src/report/write-zip.js';
import { readZip } from './read-zip.js';
import { NOW, stream } from './sample-record.js';

const part = (name: string, ...chunks: string[]): ZipPart => ({ name, chunks: stream(chunks) });

it('packs parts, of text or bytes, in order', async () => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeZip(stream([part('a', 'ä', 'b'), part('c/d')]), NOW)) chunks.push(chunk);
  expect([...readZip(Buffer.concat(chunks))]).toEqual([
    ['a', 'äb'],
    ['c/d', ''],
  ]);
});

it('passes on what goes wrong in a part', async () => {
  async function* broken(): AsyncGenerator<string> {
    yield 'x';
    throw new Error('the inventory is damaged');
  }
  const parts = stream([part('a', 'b'), { name: 'c', chunks: broken() }]);
  await expect(async () => {
    for await (const chunk of writeZip(parts, NOW)) expect(chunk.length).toBeGreaterThan(0);
  }).rejects.toThrow('the inventory is damaged');
});

it('passes on what goes wrong between parts', async () => {
  async function* parts(): AsyncGenerator<ZipPart> {
    yield part('a', 'b');
    throw new Error('no more parts');
  }
  await expect(async () => {
    for await (const chunk of writeZip(parts(), NOW)) expect(chunk.length).toBeGreaterThan(0);
  }).rejects.toThrow('no more parts');
});

it('lets go of its source when the reader goes away', async () => {
  let isClosed = false;
  async function* endless(): AsyncGenerator<string> {
    try {
      for (let i = 0; ; i += 1) yield String(Math.sin(i)).repeat(1000);
    } finally {
      isClosed = true;
    }
  }
  for await (const chunk of writeZip(stream([{ name: 'a', chunks: endless() }]), NOW))
    if (chunk.length > 1000) break;
  expect(isClosed).toBe(true);
});
