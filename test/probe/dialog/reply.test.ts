import { describe, expect, it } from 'vitest';
import { readReply } from '../../../src/probe/dialog/reply.js';
import { MemoryStream } from '../memory-stream.js';

function read(text: string) {
  return readReply(new MemoryStream([Buffer.from(text)]), 'a test server');
}

describe('readReply', () => {
  it.each([
    ['one line', '220 ready\r\n', ['220 ready']],
    ['a code alone', '220\r\n', ['220']],
    ['many lines', '250-a\r\n250-b\r\n250 c\r\n250 next\r\n', ['250-a', '250-b', '250 c']],
    ['lines without the code', '220-a\r\n221 b\r\n\r\n220\r\n', ['220-a', '221 b', '', '220']],
  ])('reads %s', async (_, text, lines) => {
    expect(await read(text)).toEqual({ code: Number(text.slice(0, 3)), lines, words: lines.join(' ') });
  });

  it.each(['hello\r\n', '22 x\r\n', '2200 x\r\n', '\r\n'])('takes %j for another protocol', async (text) => {
    await expect(read(text)).rejects.toMatchObject({ outcome: 'not-tls', code: 'wrong-protocol' });
  });
});
