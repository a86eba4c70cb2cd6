import { InvalidArgumentError } from 'commander';
import { CHANGE_KINDS, type ChangeKind } from '../../model/change.js';

/** Reads a list of kinds of changes with commas or spaces between. */
export function changeKinds(text: string): readonly ChangeKind[] {
  const words = text
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((word) => word !== '');
  const kinds = words.map((word) => CHANGE_KINDS.find((kind) => kind === word));
  const known = kinds.filter((kind) => kind !== undefined);
  if (known.length === 0 || known.length < kinds.length)
    throw new InvalidArgumentError(`it must be a list of ${CHANGE_KINDS.join(', ')}: new,gone.`);
  return [...new Set(known)];
}
