const MS_PER_DAY = 86_400_000;

/** RFC 5280, section 4.1.2.5: certificates without an end say this. */
const NO_END = '9999-12-31T23:59:59';

/** Windows of time that certificates have left, the nearest first, and last those that nobody uses; the names are what charts show. */
export const EXPIRY_WINDOWS = [
  'Expired',
  '0 to 7 days',
  '8 to 30 days',
  '31 to 60 days',
  '61 to 90 days',
  '91 to 365 days',
  'More than a year',
  'Never',
  'Unknown',
  'Unused',
] as const;

/** Name of a window. */
export type ExpiryWindow = (typeof EXPIRY_WINDOWS)[number];

/** The window of certificates whose expiry is nobody's concern. */
export const UNUSED = 'Unused' satisfies ExpiryWindow;

/** Longest time left, in days, by window. */
export const EXPIRY_WINDOW_DAYS: readonly (readonly [ExpiryWindow, number])[] = [
  ['0 to 7 days', 7],
  ['8 to 30 days', 30],
  ['31 to 60 days', 60],
  ['61 to 90 days', 90],
  ['91 to 365 days', 365],
];

/** Which window the last moment of a certificate falls in. */
export function findExpiryWindow(notAfter: string | null, now: Date): ExpiryWindow {
  if (notAfter === null) return 'Unknown';
  if (notAfter.startsWith(NO_END)) return 'Never';
  const left = Date.parse(notAfter) - now.getTime();
  if (Number.isNaN(left)) return 'Unknown';
  if (left < 0) return 'Expired';
  return EXPIRY_WINDOW_DAYS.find(([, days]) => left <= days * MS_PER_DAY)?.[0] ?? 'More than a year';
}
