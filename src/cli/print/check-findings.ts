import { type Finding, isAtLeast, type Severity } from '../../model/finding.js';
import { formatFields, formatItem } from './fields.js';
import { quotePeer } from './quote-peer.js';
import type { TextStyle, Tone } from './text-style.js';

/** The most of one message: it may quote several peers' words, each of them cut already. */
const MOST_CHARACTERS = 1000;

/** Room for `Advice` and a gap. */
const LABEL_WIDTH = 8;

/** Every finding with what to do about it and the rule that says so, most severe first. */
export function formatCheckFindings(findings: readonly Finding[], style: TextStyle): string[] {
  if (findings.length === 0) return [style.paint('good', 'No findings')];
  return [
    style.paint('title', `Findings (${findings.length})`),
    ...findings.flatMap((finding) => formatFinding(finding, style)),
  ];
}

/** One finding in a few wrapped lines. */
export function formatFinding(
  {
    advice,
    citation,
    id,
    message,
    severity,
    waived,
  }: Pick<Finding, 'advice' | 'citation' | 'id' | 'message' | 'severity' | 'waived'>,
  style: TextStyle,
): string[] {
  const head = `  ${severity.padEnd(9)} `;
  return [
    ...formatItem(head, `${id}: ${quotePeer(message, MOST_CHARACTERS)}`, style, { tone: toneOf(severity) }),
    ...formatFields(
      [
        ...(waived
          ? [
              {
                label: 'Waived',
                text: `until ${waived.until.slice(0, 10)} by ${quotePeer(waived.owner)}: ${quotePeer(waived.reason, MOST_CHARACTERS)}`,
              },
            ]
          : []),
        { label: 'Advice', text: quotePeer(advice, MOST_CHARACTERS) },
        { label: 'Source', text: quotePeer(citation), tone: 'faint' },
      ],
      head.length,
      style,
      LABEL_WIDTH,
    ),
  ];
}

function toneOf(severity: Severity): Tone {
  if (isAtLeast(severity, 'high')) return 'bad';
  return isAtLeast(severity, 'medium') ? 'warning' : 'plain';
}
