import { createHash } from 'node:crypto';
import { FingerprintSet } from '../fingerprint-set.js';
import { Spool } from '../spool.js';

/** One component of a bill of materials, and the `bom-ref`s of what it rests on. */
export interface DescribedComponent {
  readonly component: { readonly 'bom-ref': string } & Readonly<Record<string, unknown>>;
  readonly dependsOn: readonly string[];
}

/** Writes components one after the other, and keeps what they rest on for the end. */
export class ComponentList {
  readonly #dependencies = new Spool();
  readonly #hash = createHash('sha256');
  /** By their hash, for there may be millions. */
  readonly #refs = new FingerprintSet();
  #separator = '';

  /** The text of one component, to be written where the list goes on; empty: one of its name is there already. */
  async add({ component, dependsOn }: DescribedComponent): Promise<string> {
    const ref = component['bom-ref'];
    if (!this.#refs.add(createHash('sha256').update(ref).digest('hex'))) return '';
    const text = JSON.stringify(component);
    const line = `${this.#separator}${text}`;
    this.#hash.update(text);
    this.#separator = ',\n';
    if (dependsOn.length > 0) {
      const dependency = JSON.stringify({
        ref,
        dependsOn: [...new Set(dependsOn)],
      });
      await this.#dependencies.append(`${this.#dependencies.size === 0 ? '' : ',\n'}${dependency}`);
    }
    return line;
  }

  /** The items of `dependencies`. */
  dependencies(): AsyncIterable<Uint8Array> {
    return this.#dependencies.read();
  }

  /** A UUID (RFC 9562, version 8) that is the same for the same components. */
  serialNumber(): string {
    const bytes = this.#hash.copy().digest().subarray(0, 16);
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const hex = bytes.toString('hex');
    const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
    return `urn:uuid:${parts.join('-')}`;
  }

  /** Gives memory and disk back. */
  close(): Promise<void> {
    return this.#dependencies.close();
  }
}
