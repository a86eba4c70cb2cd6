import type { InventoryRecord } from '../../model/inventory-record.js';
import { cleanText } from '../clean-text.js';
import type { AlgorithmList } from './algorithm-list.js';
import { certificateRef } from './certificate.js';
import type { DescribedComponent } from './component-list.js';

/** What an endpoint accepts in one version, as far as it is known. */
interface VersionUse {
  readonly version: string;
  readonly cipherSuites: readonly string[];
  readonly groups: readonly string[];
}

/** Describes the TLS versions that an endpoint speaks, each as one component (`protocolProperties`). */
export function describeProtocols(
  record: InventoryRecord,
  algorithms: AlgorithmList,
): readonly DescribedComponent[] {
  const { certificate, endpoint } = record;
  return listVersions(record).map(({ version, cipherSuites, groups }) => {
    const suites = cipherSuites.map((name) => ({
      name,
      algorithms: cipherOf(name).map((cipher) => algorithms.refer('cipher', cipher)),
    }));
    const exchanges = groups.map((group) => algorithms.refer('key-exchange', group));
    const refs = [...(certificate ? [certificateRef(certificate.fingerprintSha256)] : []), ...exchanges];
    const { protocol, host, serverName, address, port } = endpoint;
    const place = [version, protocol, host, serverName ?? '', address ?? '', port].join('/');
    return {
      component: {
        type: 'cryptographic-asset',
        'bom-ref': `protocol:${cleanText(place)}`,
        name: cleanText(`${version} at ${describePlace(record)}`),
        cryptoProperties: {
          assetType: 'protocol',
          protocolProperties: {
            type: 'tls',
            version: version.replace(/^TLSv1$/, '1.0').replace(/^TLSv/, ''),
            cipherSuites: suites,
            cryptoRefArray: refs,
          },
        },
      },
      dependsOn: [...new Set([...refs, ...suites.flatMap((suite) => suite.algorithms)])],
    };
  });
}

/** Where a record's endpoint is, as a URL. */
export function describePlace({ endpoint }: InventoryRecord): string {
  const host = endpoint.serverName ?? endpoint.host;
  const place = endpoint.address !== null && endpoint.address !== host ? ` (${endpoint.address})` : '';
  return cleanText(
    `${endpoint.protocol}://${host.includes(':') ? `[${host}]` : host}:${endpoint.port}${place}`,
  );
}

/** By its posture where that was asked for, else by the one handshake. */
function listVersions({ posture, handshake }: InventoryRecord): readonly VersionUse[] {
  const offered = posture?.cipherSuites ?? [];
  if (posture && offered.length > 0)
    return offered.map(({ version, names }) => ({
      version,
      cipherSuites: [...new Set(names)],
      groups: [...new Set(posture.groups.find((each) => each.version === version)?.names ?? [])],
    }));
  if (!handshake) return [];
  const { version, cipherSuite, group } = handshake;
  return [
    {
      version,
      cipherSuites: cipherSuite === null ? [] : [cipherSuite],
      groups: group === null ? [] : [group],
    },
  ];
}

/** The encryption in the name of a suite: `AES_128_GCM` of `TLS_AES_128_GCM_SHA256`; none where it is not named. */
function cipherOf(suite: string): readonly string[] {
  const body = suite.includes('_WITH_')
    ? suite.slice(suite.indexOf('_WITH_') + 6)
    : suite.replace(/^TLS_/, '');
  const cipher = body.replace(/_(?:SHA\d*|MD5|SM3|AEAD)$/, '');
  return /^(?:AES|ARIA|CAMELLIA|CHACHA20|3DES|DES|DES40|RC4|RC2|IDEA|SEED|SM4)_/.test(cipher) ? [cipher] : [];
}
