import type { ScanDefinition } from './scan-definition.js';
import { type Pace, SPEEDS } from './speed.js';

/** How hard the scan of a definition may work: as its preset says, where the definition does not say otherwise. */
export function paceOf(definition: ScanDefinition): Pace {
  const preset = SPEEDS[definition.speed ?? 'normal'];
  const timeoutMs = definition.timeout ?? preset.limits.timeoutMs;
  const mostMs = Math.min(timeoutMs, preset.connectTimeout.mostMs);
  return {
    concurrency: definition.concurrency ?? preset.concurrency,
    ratePerSecond: definition.rate ?? preset.ratePerSecond,
    limits: { timeoutMs, connectTimeoutMs: mostMs },
    connectTimeout: { leastMs: Math.min(mostMs, preset.connectTimeout.leastMs), mostMs },
    perAddress: definition.perAddress ?? preset.perAddress,
    perSubnet: definition.perSubnet ?? preset.perSubnet,
    retries: definition.retries ?? preset.retries,
    ...(definition.giveUpAfter !== undefined && { giveUpAfter: definition.giveUpAfter }),
  };
}
