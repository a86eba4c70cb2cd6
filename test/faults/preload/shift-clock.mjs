// Loaded before the program: its wall clock jumps by hours, back and forth, as one does that is set by hand or by NTP.
// CLOCK_JUMPS holds the offsets in hours, CLOCK_JUMP_MS how long each of them lasts.
const offsets = (process.env.CLOCK_JUMPS ?? '0').split(',').map((hours) => Number(hours) * 3_600_000);
const lasting = Number(process.env.CLOCK_JUMP_MS ?? 500);
const RealDate = Date;

function now() {
  const step = Math.floor(performance.now() / lasting) % offsets.length;
  return RealDate.now() + offsets[step];
}

globalThis.Date = class JumpingDate extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [now()] : args));
  }

  static now() {
    return now();
  }
};
