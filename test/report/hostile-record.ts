import type { InventoryRecord } from '../../src/model/inventory-record.js';
import { makeRecord } from './sample-record.js';

/** Texts with which a certificate may try to be more than text, by what they try. */
export const HOSTILE_TEXTS: Readonly<Record<string, string>> = {
  formula: '=HYPERLINK("http://evil.example","x")',
  'dynamic data exchange': "@SUM(1,1)*cmd|'/C calc'!A0",
  markup: '</script><script>alert(1)</script><img src=x onerror=alert(1)>',
  'comment of markup': '<!--<script>-->',
  'table of Markdown':
    '| a | b |\\| `c` [x](http://evil.example) @everyone #1 www.evil.example https://evil.example',
  'line ends': 'a\r\nBEGIN:VEVENT\nUID:x\u2028y\u0085z',
  'boundary of PEM': `\n-----BEGIN CERTIFICATE-----\n${'x'.repeat(300)}\n-----BEGIN CERTIFICATE-----`,
  'boundary of PEM at a buffer': `${' '.repeat(252)}-----BEGIN CERTIFICATE-----`,
  'end of a label': 'a"} 1\nevil{x="\\',
  'controls of a terminal': '\u001b[31m\u0007\u009b\0',
  'text turned around': 'gp\u202emoc.exe\u2066\u200b\ufeff',
  'half pairs': 'a\ud800b\udc00',
  'what XML cannot hold': '\ufffe\uffff\u000b]]>&amp;&#0;_x0041_',
  'a very long name': 'ö'.repeat(65_536),
  emoji: '👩‍🚒'.repeat(60),
};

/** A record in which a hostile text stands wherever a peer has the word. */
export function makeHostileRecord(text: string): InventoryRecord {
  const record = makeRecord();
  const { certificate, endpoint, findings } = record;
  return {
    ...record,
    greeting: text,
    owner: text,
    tags: [text],
    endpoint: { ...endpoint, host: text, serverName: text },
    certificate: certificate && {
      ...certificate,
      commonName: text,
      subject: `CN=${text},OU=${text},O=${text}`,
      issuer: `CN=${text},O=${text}`,
      subjectAltNames: [`DNS:${text}`, `email:${text}`, `URI:${text}`],
    },
    findings: findings.map((finding) => ({ ...finding, message: text, advice: text })),
  };
}
