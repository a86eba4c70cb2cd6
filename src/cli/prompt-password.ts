import { StringDecoder } from 'node:string_decoder';
import { escapeTerminal } from './print/escape-terminal.js';

/** Where keys are typed: a terminal, which can be told not to show them. */
export type PasswordInput = Pick<NodeJS.ReadStream, 'off' | 'on' | 'pause' | 'resume' | 'setRawMode'>;

/** Control keys, as a terminal in raw mode sends them. */
const INTERRUPT = '\u0003';
const END = '\u0004';
const BACKSPACES: ReadonlySet<string> = new Set(['\b', '\u007f']);

/** Asks for the password of a file without showing it; null: the question was turned away (Ctrl-C, Ctrl-D). */
export function promptPassword(
  file: string,
  input: PasswordInput,
  output: Pick<NodeJS.WritableStream, 'write'>,
): Promise<string | null> {
  output.write(`Password of ${escapeTerminal(file)}: `);
  input.setRawMode(true);
  input.resume();
  return new Promise((resolve) => {
    const decoder = new StringDecoder('utf8');
    const typed: string[] = [];
    const finish = (password: string | null) => {
      input.off('data', read);
      input.off('end', turnAway);
      input.setRawMode(false);
      input.pause();
      output.write('\n');
      resolve(password);
    };
    const turnAway = () => finish(null);
    const read = (chunk: Buffer) => {
      for (const key of decoder.write(chunk)) {
        if (key === INTERRUPT || key === END) return turnAway();
        if (key === '\r' || key === '\n') return finish(typed.join(''));
        if (BACKSPACES.has(key)) typed.pop();
        else typed.push(key);
      }
    };
    input.on('data', read);
    input.on('end', turnAway);
  });
}
