/*
 * Why raw mode: a key counts when it is pressed, not at the end of a line. The terminal then leaves it to us what ^C, ^Z and
 * ^\ mean, and it stays as it is after the process: so those keys send the signals that they stand for, and the terminal is
 * given back before the process stops or ends, however that comes about.
 */

/** A terminal whose keys are watched. */
export type KeyInput = Pick<
  NodeJS.ReadStream,
  'off' | 'on' | 'pause' | 'ref' | 'resume' | 'setRawMode' | 'unref'
>;

/** The world around the keys; other ones are for tests. */
export interface KeyWorld {
  isForeground(): boolean;
  /** Sends a signal to this process. */
  raise(signal: NodeJS.Signals): void;
}

/** What the terminal would have made of control keys. */
const SIGNALS: ReadonlyMap<string, NodeJS.Signals> = new Map([
  ['\u0003', 'SIGINT'],
  ['\u001c', 'SIGQUIT'],
  ['\u001a', 'SIGTSTP'],
]);

/** Calls `pressed` with each key that is none of those; returns what gives the terminal back. */
export function watchKeys(input: KeyInput, pressed: (key: string) => void, world: KeyWorld): () => void {
  let isRaw = false;

  function take(): void {
    if (isRaw || !world.isForeground()) return;
    isRaw = true;
    input.setRawMode(true);
    input.resume();
    input.unref();
  }

  function giveBack(): void {
    if (!isRaw) return;
    isRaw = false;
    input.setRawMode(false);
    input.pause();
  }

  function read(chunk: Buffer | string): void {
    for (const key of chunk.toString()) {
      const signal = SIGNALS.get(key);
      if (signal === undefined) pressed(key);
      else {
        // ^C is heard by whoever stops the scan in good order; the others end or stop the process at once.
        if (signal !== 'SIGINT') giveBack();
        world.raise(signal);
      }
    }
  }

  input.on('data', read);
  process.on('SIGCONT', take);
  process.on('exit', giveBack);
  take();
  return () => {
    giveBack();
    input.off('data', read);
    process.off('SIGCONT', take);
    process.off('exit', giveBack);
  };
}
