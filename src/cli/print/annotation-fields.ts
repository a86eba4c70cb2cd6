import type { InventoryRecord } from '../../model/inventory-record.js';
import type { Field } from './fields.js';
import { quotePeer } from './quote-peer.js';

/** What people say of an endpoint or a certificate, as it is told in records. */
export type Annotated = Pick<InventoryRecord, 'notes' | 'owner' | 'tags' | 'unused'>;

/** Room for a note of some lines. */
const NOTE_CHARACTERS = 1000;

/** What people say, a label each; nothing of what nobody says. */
export function listAnnotationFields({ notes, owner, tags, unused }: Annotated): Field[] {
  return [
    ...(owner === null ? [] : [{ label: 'Owner', text: quotePeer(owner) }]),
    ...(tags.length === 0 ? [] : [{ label: 'Tags', text: tags.map((tag) => quotePeer(tag)).join(', ') }]),
    ...(unused ? [{ label: 'Unused', text: 'yes: nobody is told of its expiry' }] : []),
    ...(notes === null
      ? []
      : [{ label: 'Notes', text: quotePeer(notes.replace(/\s+/g, ' '), NOTE_CHARACTERS) }]),
  ];
}
