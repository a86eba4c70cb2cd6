import { describe } from 'vitest';

/** Like `describe`; where something stands in the way the cases are skipped, and why is said in their name. */
export function describeUnless(obstacle: string | null, name: string, cases: () => void): void {
  if (obstacle === null) describe(name, cases);
  else if (process.env.CI) throw new Error(`${name}: ${obstacle}`);
  else describe.skip(`${name} (${obstacle})`, cases);
}
