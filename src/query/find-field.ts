import type { Field, Listing } from './field.js';
import { FIELDS } from './fields.js';

/** The fields of a listing. */
export function fieldsOf(listing: Listing): readonly Field[] {
  return FIELDS.filter(({ listings }) => listings.includes(listing));
}

/** The field of a name in any case, hyphens and underscores between words allowed; undefined: there is none. */
export function findField(name: string, listing: Listing): Field | undefined {
  const wanted = simplify(name);
  return fieldsOf(listing).find((field) => namesOf(field).some((each) => simplify(each) === wanted));
}

/** All names of a field, its id first. */
export function namesOf({ id, aliases }: Field): readonly string[] {
  return [id, ...(aliases ?? [])];
}

function simplify(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '');
}
