import { contentOf, readChildren, readDer, readWrapped, requireTag, TAG } from './der.js';
import { readGeneralNames } from './general-name.js';

/** Which certificates a revocation list speaks of (RFC 5280, section 5.2.5). */
export interface CrlScope {
  /** Names of the place that the list is for; null: it is for all that its issuer issues. */
  readonly urls: readonly string[] | null;
  readonly onlyUserCertificates: boolean;
  readonly onlyCaCertificates: boolean;
  readonly onlySomeReasons: boolean;
  readonly isIndirect: boolean;
  readonly onlyAttributeCertificates: boolean;
}

const FULL_NAME = 0xa0;

/** Reads an issuingDistributionPoint extension; DerError: it is malformed. */
export function readCrlScope(value: Uint8Array): CrlScope {
  const fields = readChildren(requireTag(readDer(value), TAG.sequence, 'issuingDistributionPoint'));
  const point = fields.find(({ tag }) => tag === 0xa0);
  // DEFAULT FALSE under implicit tags: any octet but zero is true.
  const isSet = (wanted: number) => {
    const flag = fields.find(({ tag }) => tag === wanted);
    return flag !== undefined && contentOf(flag).some((octet) => octet !== 0);
  };
  const name = point ? readWrapped(point) : null;
  const names = name?.tag === FULL_NAME ? readGeneralNames(name, 'issuingDistributionPoint') : [];
  return {
    urls: name === null ? null : names.flatMap((each) => (each.kind === 'uri' ? [each.value] : [])),
    onlyUserCertificates: isSet(0x81),
    onlyCaCertificates: isSet(0x82),
    onlySomeReasons: fields.some(({ tag }) => tag === 0x83),
    isIndirect: isSet(0x84),
    onlyAttributeCertificates: isSet(0x85),
  };
}
