import type { ByteStream } from '../byte-stream.js';
import { MAX_REPLY_BYTES } from '../dialog/line.js';
import { otherProtocol } from '../dialog/other-protocol.js';
import { oversize } from '../dialog/oversize.js';
import { toPrintable } from '../dialog/printable.js';
import { recogniseGreeting } from '../dialog/recognise-greeting.js';
import { refusal } from '../dialog/refusal.js';
import type { StarttlsProtocol, Upgrade } from '../starttls-protocol.js';

const EXPECTED = 'a Telnet server';

/** Commands (RFC 854) and the option START_TLS with its one subcommand. */
const IAC = 0xff;
const DONT = 0xfe;
const DO = 0xfd;
const WONT = 0xfc;
const WILL = 0xfb;
const SB = 0xfa;
const SE = 0xf0;
const START_TLS = 46;
const FOLLOWS = 1;

/** How much of the text before the answer is kept for the greeting. */
const GREETING_BYTES = 1024;

/**
 * Telnet with the option START_TLS (draft-altman-telnet-starttls).
 *
 * 1. C: IAC WILL START_TLS
 * 2. S: text and other options, which are passed over; IAC DO START_TLS
 * 3. C and S: IAC SB START_TLS FOLLOWS IAC SE, then TLS
 *
 * Refusals: `dont` (IAC DONT START_TLS), which every server that keeps to RFC 854 answers when it knows nothing of the
 * option. One that does not keep to it stays silent until the deadline.
 */
export const telnet: StarttlsProtocol = {
  name: 'telnet',
  title: 'Telnet',
  defaultPorts: [23],
  citation: 'draft-altman-telnet-starttls-02, section 3',
  async upgrade(stream): Promise<Upgrade> {
    stream.write(Buffer.from([IAC, WILL, START_TLS]));
    const reader = new TelnetReader(stream);
    let isAgreed = false;
    for (;;) {
      const [command, option, subcommand] = await reader.nextCommand();
      if (option !== START_TLS) continue;
      if (command === DONT || command === WONT)
        throw refusal('dont', 'START_TLS was refused', reader.greeting ?? '');
      if (command === DO && !isAgreed) {
        isAgreed = true;
        stream.write(Buffer.from([IAC, SB, START_TLS, FOLLOWS, IAC, SE]));
      }
      if (isAgreed && command === SB && subcommand === FOLLOWS) return { stream, greeting: reader.greeting };
    }
  },
};

/** Cuts what the server says into commands, and keeps the head of the text between them. */
class TelnetReader {
  readonly #stream: ByteStream;
  #text = '';
  #taken = 0;

  constructor(stream: ByteStream) {
    this.#stream = stream;
  }

  /** First line of the text so far; null: there was none. */
  get greeting(): string | null {
    const line = toPrintable(this.#text.trim().split(/[\r\n]/, 1)[0] ?? '');
    return line === '' ? null : line;
  }

  /** Command, option and, for a subnegotiation, its first byte. */
  async nextCommand(): Promise<readonly number[]> {
    for (;;) {
      await this.#skipText();
      const [, command = 0] = await this.#peek(2);
      if (command >= WILL && command <= DONT) return [...(await this.#take(3))].slice(1);
      if (command === SB) return this.#subnegotiation();
      await this.#take(2);
    }
  }

  async #skipText(): Promise<void> {
    for (;;) {
      const at = (await this.#peek(1)).indexOf(IAC);
      const text = await this.#take(at === -1 ? this.#stream.buffered.length : at);
      if (text.length > 0 && this.#text.length < GREETING_BYTES) {
        this.#text += text.toString('latin1', 0, GREETING_BYTES);
        this.#refuseOtherProtocol();
      }
      if (at !== -1) return;
    }
  }

  /** A Telnet server may begin with any text; what is known as the greeting of another protocol is not waited out. */
  #refuseOtherProtocol(): void {
    const head = Buffer.from(this.#text, 'latin1');
    if (recogniseGreeting(head) !== null) throw otherProtocol(EXPECTED, head);
  }

  /** IAC SB option ... IAC SE; a doubled IAC inside is a byte of data (RFC 855). */
  async #subnegotiation(): Promise<readonly number[]> {
    const [, , option = 0, first = 0] = await this.#take(4);
    let previous = first;
    for (;;) {
      const [byte = 0] = await this.#take(1);
      if (previous === IAC && byte === SE) return [SB, option, first];
      previous = previous === IAC && byte === IAC ? 0 : byte;
    }
  }

  async #peek(length: number): Promise<Buffer> {
    while (this.#stream.buffered.length < length) await this.#stream.fill();
    return this.#stream.buffered;
  }

  async #take(length: number): Promise<Buffer> {
    this.#taken += length;
    if (this.#taken > MAX_REPLY_BYTES)
      throw oversize(`what ${EXPECTED} says before its answer`, MAX_REPLY_BYTES);
    await this.#peek(length);
    return this.#stream.take(length);
  }
}
