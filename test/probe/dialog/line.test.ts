import { describe, expect, it } from 'vitest';
import {
  awaitText,
  MAX_LINE_BYTES,
  MAX_REPLY_BYTES,
  readLine,
  readLines,
} from '../../../src/probe/dialog/line.js';
import { MemoryStream } from '../memory-stream.js';

const WHO = 'a test server';

function streamOf(...chunks: readonly string[]): MemoryStream {
  return new MemoryStream(chunks.map((chunk) => Buffer.from(chunk, 'latin1')));
}

describe('readLine', () => {
  it('reads lines whatever the packet boundaries', async () => {
    const stream = streamOf('o', 'ne\r', '\ntwo\nth', 'ree\r\n');
    expect([await readLine(stream, WHO), await readLine(stream, WHO), await readLine(stream, WHO)]).toEqual([
      'one',
      'two',
      'three',
    ]);
  });

  it('takes no byte of the next line', async () => {
    const stream = streamOf('one\r\n\x16\x03\x01');
    await readLine(stream, WHO);
    expect(stream.buffered).toEqual(Buffer.from([0x16, 3, 1]));
  });

  it('takes a line of the longest length, and none longer, also when its end is there', async () => {
    expect(await readLine(streamOf(`${'x'.repeat(MAX_LINE_BYTES)}\n`), WHO)).toHaveLength(MAX_LINE_BYTES);
    for (const chunks of [[`${'x'.repeat(MAX_LINE_BYTES + 1)}\n`], ['x'.repeat(MAX_LINE_BYTES), 'x']])
      await expect(readLine(streamOf(...chunks), WHO)).rejects.toMatchObject({ outcome: 'too-large' });
  });

  it('knows binary data by its NUL', async () => {
    await expect(readLine(streamOf('J\0', '\0\0\n5.7'), WHO)).rejects.toMatchObject({
      outcome: 'not-tls',
      message: expect.stringContaining('a MySQL server'),
    });
  });
});

describe('readLines', () => {
  it('reads up to the last line', async () => {
    const stream = streamOf('a\r\nb\r\n.\r\nc');
    expect(await readLines(stream, WHO, (line) => line === '.')).toEqual(['a', 'b', '.']);
  });

  it.each(['', 'x', 'x'.repeat(1000)])('gives up on lines that never end', async (line) => {
    const stream = streamOf(`${line}\r\n`.repeat(MAX_REPLY_BYTES / (line.length + 2) + 2));
    await expect(readLines(stream, WHO, () => false)).rejects.toMatchObject({ outcome: 'too-large' });
  });
});

describe('awaitText', () => {
  it('leaves text where it is', async () => {
    const stream = streamOf('220');
    await awaitText(stream, WHO);
    expect(stream.buffered.toString()).toBe('220');
  });

  it.each([
    ['a TLS alert that arrives byte by byte', ['\x15', '\x03', '\x03'], 'implicit-tls'],
    ['Telnet', ['\xff\xfd\x18'], 'wrong-protocol'],
    ['a byte, and then the end', ['\x01'], 'wrong-protocol'],
  ])('tells %s', async (_, chunks, code) => {
    await expect(awaitText(streamOf(...chunks), WHO)).rejects.toMatchObject({ outcome: 'not-tls', code });
  });
});
