/** What the progress display shows. */
export interface ProgressCounts {
  readonly done: number;
  readonly total: number;
  /** Endpoints that showed a certificate. */
  readonly found: number;
  /** Of those, the ones with a warning or worse. */
  readonly failing: number;
  /** Why the scan stands still; absent or null: it does not. */
  readonly paused?: string | null;
}

/** How often a terminal's bar is drawn anew. */
const BAR_INTERVAL_MS = 100;

/** How often a line goes to a pipe or a log file. */
const LINE_INTERVAL_MS = 5000;

/** The rate shown is that of this long, so that it follows what happens now. */
const RATE_WINDOW_MS = 5000;

const BAR_CELLS = 24;

/** Width of a terminal that does not tell its own. */
const DEFAULT_COLUMNS = 80;

/** A live progress display: a bar that is drawn over itself in a terminal, a line every few seconds elsewhere. */
export class Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #counts: () => ProgressCounts;
  readonly #startedAt = performance.now();
  readonly #samples: { readonly at: number; readonly done: number }[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(stream: NodeJS.WriteStream, counts: () => ProgressCounts) {
    this.#stream = stream;
    this.#counts = counts;
    this.#timer = setInterval(() => this.#draw(), stream.isTTY ? BAR_INTERVAL_MS : LINE_INTERVAL_MS);
    this.#timer.unref();
  }

  /** Takes the bar off the terminal and stops drawing. */
  stop(): void {
    clearInterval(this.#timer);
    if (this.#stream.isTTY) this.#stream.write('\r\u001b[2K');
  }

  #draw(): void {
    const counts = this.#counts();
    const line = formatProgress(counts, this.#rate(counts.done), performance.now() - this.#startedAt);
    if (this.#stream.isTTY) {
      const bar = formatBar(counts.done / Math.max(1, counts.total));
      this.#stream.write(
        `\r\u001b[2K${`${bar} ${line}`.slice(0, (this.#stream.columns || DEFAULT_COLUMNS) - 1)}`,
      );
    } else this.#stream.write(`${line}\n`);
  }

  #rate(done: number): number {
    const now = performance.now();
    this.#samples.push({ at: now, done });
    while ((this.#samples[0]?.at ?? now) < now - RATE_WINDOW_MS && this.#samples.length > 2)
      this.#samples.shift();
    const oldest = this.#samples.length > 1 ? this.#samples[0] : undefined;
    const from = oldest ?? { at: this.#startedAt, done: 0 };
    return now > from.at ? ((done - from.done) * 1000) / (now - from.at) : 0;
  }
}

/** `59,000/131,072 (45%), 1,980/s, ETA 0:36, found 12, failing 3`, or `paused (...)` in place of rate and ETA. */
export function formatProgress(counts: ProgressCounts, perSecond: number, elapsedMs: number): string {
  const { done, total, found, failing, paused = null } = counts;
  const percent = total === 0 ? 100 : Math.floor((done * 100) / total);
  const average = elapsedMs > 0 ? (done * 1000) / elapsedMs : 0;
  const rate = perSecond > 0 ? perSecond : average;
  const eta = done >= total ? '0:00' : average > 0 ? formatSeconds((total - done) / average) : '?';
  return [
    `${done.toLocaleString('en-US')}/${total.toLocaleString('en-US')} (${percent}%)`,
    ...(paused === null ? [`${Math.round(rate).toLocaleString('en-US')}/s`, `ETA ${eta}`] : [paused]),
    `found ${found.toLocaleString('en-US')}`,
    `failing ${failing.toLocaleString('en-US')}`,
  ].join(', ');
}

/** `0:36`, `12:05`, `3:00:00`. */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const pad = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
}

function formatBar(share: number): string {
  const full = Math.min(BAR_CELLS, Math.floor(share * BAR_CELLS));
  return `[${'='.repeat(full)}${full < BAR_CELLS ? '>' : ''}${' '.repeat(Math.max(0, BAR_CELLS - full - 1))}]`;
}
