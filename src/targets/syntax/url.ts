import { didYouMean } from '../did-you-mean.js';
import { isProblem } from '../problem.js';
import { quoteWord } from '../quote-word.js';
import { SCHEMES } from '../schemes.js';
import type { TargetSyntax } from '../target-syntax.js';

const URL_PARTS = /^([a-z][a-z0-9+.-]*):\/\/([^/?#\\]*)/i;

/** A URL: the scheme gives the protocol and the port; path, query and fragment are ignored. */
export const url: TargetSyntax = {
  name: 'URL',
  example: 'smtp://mail.example.org:587',
  description: 'A URL; its scheme says what to speak and, where no port is written, on which port.',
  parse({ text }, parseAgain) {
    if (!text.includes('://')) return null;
    const [, schemeText = '', authority = ''] = URL_PARTS.exec(text) ?? [];
    const name = schemeText.toLowerCase();
    if (name === 'http' || name === 'ws') {
      return {
        problem: `speaks no TLS: write ${quoteWord(`${name === 'http' ? 'https' : 'wss'}://${authority}`)}`,
      };
    }
    const scheme = SCHEMES.get(name);
    if (scheme === undefined) {
      return { problem: `is a URL of an unknown scheme${didYouMean(name, [...SCHEMES.keys()])}` };
    }
    if (authority.includes('@')) {
      return {
        problem: 'has a user name before the "@": leave it out, or write name@address:port without scheme',
      };
    }
    const target = parseAgain(authority);
    if (isProblem(target)) return target;
    const { first, last } = target.port ?? { first: scheme.port, last: scheme.port };
    return { ...target, port: { first, last, protocol: scheme.protocol } };
  },
};
