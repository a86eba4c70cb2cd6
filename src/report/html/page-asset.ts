import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A piece of the page that is allowed to work because the page names its hash. */
export interface PageAsset {
  readonly text: string;
  /** As a content security policy writes it: `'sha256-…'` (CSP Level 3, section 2.3.1). */
  readonly source: string;
}

/** Reads the style sheet or the script of the page. */
export function readPageAsset(name: 'page.css' | 'page.js'): PageAsset {
  const text = readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8').replaceAll('\r\n', '\n');
  return { text, source: `'sha256-${createHash('sha256').update(text).digest('base64')}'` };
}
