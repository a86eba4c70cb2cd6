import { domainToASCII } from 'node:url';
import { isProblem, type Problem } from './problem.js';

/** RFC 1035, section 3.1: 255 octets on the wire, which is 253 characters of text. */
const MAX_NAME_LENGTH = 253;
/** RFC 1035, section 2.3.4. */
const MAX_LABEL_LENGTH = 63;
/** Letters, digits and hyphens (RFC 1123, section 2.1), and the underscore, which real hosts have too. */
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$/;
const ASCII = /^[!-~]+$/;
/** A last label that URL parsers take for part of an IPv4 address; no top-level domain is numeric (RFC 3696, section 2). */
const NUMBER = /^(?:\d+|0x[0-9a-f]*)$/;

/** Reads a host name: lower case, international labels as A-labels (RFC 5890), the final dot removed. */
export function readHostName(text: string): string | Problem {
  const name = ASCII.test(text) ? text.toLowerCase() : domainToASCII(text);
  if (name === '')
    return { problem: 'is no host name: it is empty or breaks the rules of international names' };
  const bare = name.endsWith('.') ? name.slice(0, -1) : name;
  if (bare.length > MAX_NAME_LENGTH) {
    return { problem: `is no host name: it is longer than ${MAX_NAME_LENGTH} characters` };
  }
  const labels = bare.split('.');
  for (const label of labels) {
    if (label === '') return { problem: 'is no host name: there is nothing between two dots' };
    if (label.length > MAX_LABEL_LENGTH) {
      return { problem: `is no host name: a label is longer than ${MAX_LABEL_LENGTH} characters` };
    }
    if (!LABEL.test(label)) return { problem: labelProblem(label) };
  }
  if (NUMBER.test(labels.at(-1) ?? '')) {
    return {
      problem: 'is neither an address nor a host name: the last label of a host name is not a number',
    };
  }
  return bare;
}

/** Reads a host name that may begin with `*.`, which stands for every name below the rest. */
export function readHostNamePattern(text: string): string | Problem {
  if (!text.startsWith('*.')) return readHostName(text);
  const parent = readHostName(text.slice(2));
  return isProblem(parent) ? parent : `*.${parent}`;
}

/** The form in which host names are compared: DNS minds neither case (RFC 4343) nor the final dot. */
export function foldHostName(name: string): string {
  const folded = name.toLowerCase();
  return folded.endsWith('.') ? folded.slice(0, -1) : folded;
}

function labelProblem(label: string): string {
  if (label.includes('*')) {
    return 'is no host name: "*" may only stand alone, as the first label of a name to exclude';
  }
  if (label.startsWith('-') || label.endsWith('-')) {
    return 'is no host name: a label does not begin or end with a hyphen';
  }
  return 'is no host name: letters, digits, hyphens, underscores and dots make one';
}
