import type { Certificate } from '../../model/certificate.js';
import type { InventoryRecord } from '../../model/inventory-record.js';
import { AlgorithmList } from '../cbom/algorithm-list.js';
import { describeCertificate, describeKey } from '../cbom/certificate.js';
import { ComponentList } from '../cbom/component-list.js';
import { describePlace, describeProtocols } from '../cbom/protocol.js';
import type { ExportFormat } from '../export-format.js';
import { ExternalSorter } from '../external-sorter.js';

/** One place of a certificate, as it waits until all places of that certificate are known. */
interface Place {
  readonly certificate: Certificate;
  readonly occurrence: { readonly location: string; readonly additionalContext: string };
}

/** A cryptographic bill of materials: CycloneDX 1.6 as JSON. */
export const cbom: ExportFormat = {
  name: 'cbom',
  title: 'Cryptographic bill of materials (CycloneDX 1.6)',
  description:
    'For inventories of cryptography: certificates with their places, public keys, algorithms with their strength against classical and quantum computers, and the TLS versions of each endpoint, as components of a CycloneDX 1.6 document. Its serial number depends on its components alone.',
  extension: 'cdx.json',
  mediaType: 'application/vnd.cyclonedx+json; version=1.6',
  hasFields: false,
  async *write(records, { now }) {
    const algorithms = new AlgorithmList();
    const components = new ComponentList();
    const places = new ExternalSorter<Place>();
    const metadata = {
      timestamp: now.toISOString(),
      tools: { components: [{ type: 'application', name: 'certsweep' }] },
    };
    try {
      yield `{"bomFormat":"CycloneDX","specVersion":"1.6","version":1,\n"metadata":${JSON.stringify(metadata)},\n`;
      yield '"components":[\n';
      for await (const record of records) {
        for (const protocol of describeProtocols(record, algorithms)) yield await components.add(protocol);
        const place = placeOf(record);
        if (place) await places.add(place.certificate.fingerprintSha256, place);
      }
      yield* writeCertificates(places, components, algorithms);
      for (const component of algorithms.components())
        yield await components.add({ component, dependsOn: [] });
      yield '\n],\n"dependencies":[\n';
      yield* components.dependencies();
      yield `\n],\n"serialNumber":"${components.serialNumber()}"}\n`;
    } finally {
      await places.close();
      await components.close();
    }
  },
};

function placeOf(record: InventoryRecord): Place | null {
  const { certificate, status, grade } = record;
  if (!certificate) return null;
  const additionalContext = grade === null ? status : `${status}, grade ${grade}`;
  return { certificate, occurrence: { location: describePlace(record), additionalContext } };
}

/** Writes each certificate with its places one by one, for they may be more than fit in memory, and then its key. */
async function* writeCertificates(
  places: ExternalSorter<Place>,
  components: ComponentList,
  algorithms: AlgorithmList,
): AsyncGenerator<string> {
  let open: Certificate | undefined;
  const close = async (certificate: Certificate): Promise<string> =>
    `]}}${await components.add(describeKey(certificate, algorithms))}`;
  for await (const { item } of places.sorted()) {
    const occurrence = JSON.stringify(item.occurrence);
    if (open?.fingerprintSha256 === item.certificate.fingerprintSha256) {
      yield `,${occurrence}`;
      continue;
    }
    if (open) yield await close(open);
    open = item.certificate;
    const text = await components.add(describeCertificate(item.certificate, algorithms));
    yield `${text.slice(0, -1)},"evidence":{"occurrences":[${occurrence}`;
  }
  if (open) yield await close(open);
}
