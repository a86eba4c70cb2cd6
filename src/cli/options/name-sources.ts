import { InvalidArgumentError } from 'commander';
import { NAME_SOURCES, type NameSource } from '../../scan/name-finder.js';

/** Reads a list of name sources with commas or spaces between. */
export function nameSources(text: string): NameSource[] {
  const words = text.toLowerCase().split(/[\s,;]+/);
  const sources = words
    .filter((word) => word !== '')
    .map((word) => NAME_SOURCES.find((each) => each === word));
  const known = sources.filter((source) => source !== undefined);
  if (known.length === 0 || known.length < sources.length)
    throw new InvalidArgumentError(`it must be a list of ${NAME_SOURCES.join(', ')}: ptr,san.`);
  return [...new Set(known)];
}
