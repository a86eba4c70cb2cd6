import { SEVERITIES, type Severity } from '../model/finding.js';
import type { ExpiryWindow } from './policy.js';

/** A window that a certificate is in. */
export interface OpenWindow {
  /** How long before its end this certificate enters it. */
  readonly lengthMs: number;
  /** Null: as severe as the finding usually is. */
  readonly severity: Severity | null;
}

const DAY_MS = 86_400_000;

/**
 * Finds the gravest window that a certificate with so much time left is in, of several the shortest; null: there is none.
 * `usual` is how severe a window without a severity is; `lifetimeMs` null: it is unknown.
 */
export function findExpiryWindow(
  windows: readonly ExpiryWindow[],
  leftMs: number,
  lifetimeMs: number | null,
  usual: Severity,
): OpenWindow | null {
  const rank = ({ severity }: OpenWindow) => SEVERITIES.indexOf(severity ?? usual);
  const open = windows.flatMap(({ days, severity, share }): OpenWindow[] => {
    const byDays = days === null ? Number.POSITIVE_INFINITY : days * DAY_MS;
    const byShare = share === null || lifetimeMs === null ? Number.POSITIVE_INFINITY : share * lifetimeMs;
    const lengthMs = Math.min(byDays, byShare);
    return Number.isFinite(lengthMs) && leftMs <= lengthMs ? [{ lengthMs, severity }] : [];
  });
  const [gravest] = open.sort((a, b) => rank(b) - rank(a) || a.lengthMs - b.lengthMs);
  return gravest ?? null;
}
