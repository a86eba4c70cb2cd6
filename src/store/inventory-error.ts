/** The inventory could not be read or written, for a reason that no other command line would have avoided. */
export class InventoryError extends Error {
  override readonly name = 'InventoryError';
}
