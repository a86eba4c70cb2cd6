import { describe, expect, it } from 'vitest';
import { FIRST_WORDS_BYTES } from '../../src/probe/greeted-stream.js';
import { PlainTextStream } from '../../src/probe/plain-text-stream.js';
import { MemoryStream } from './memory-stream.js';

const PIECES = ['220 mail', '.example\r\n', 'x'.repeat(600), 'rest'].map((text) => Buffer.from(text));
const FIRST_WORDS = `220 mail.example\r\n${'x'.repeat(600)}`.slice(0, FIRST_WORDS_BYTES);

describe('a stream during a dialog', () => {
  it.each(['at once', 'at the end'])('keeps the first words when all is taken %s', async (when) => {
    const stream = new PlainTextStream(new MemoryStream(PIECES));
    const taken: Buffer[] = [];
    for (let count = 0; count < PIECES.length; count += 1) {
      await stream.fill();
      if (when === 'at once') taken.push(stream.take(stream.buffered.length));
    }
    taken.push(stream.take(stream.buffered.length));
    expect(Buffer.concat(taken)).toEqual(Buffer.concat(PIECES));
    expect(stream.firstWords.toString()).toBe(FIRST_WORDS);
  });

  it('keeps them also when they are taken in the midst of a piece', async () => {
    const stream = new PlainTextStream(new MemoryStream(PIECES));
    await stream.fill();
    stream.take(3);
    await stream.fill();
    stream.take(2);
    await stream.fill();
    expect(stream.firstWords.toString()).toBe(FIRST_WORDS);
  });
});
