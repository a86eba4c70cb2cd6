import type { Endpoint } from '../model/endpoint.js';
import type { Failure } from '../model/failure.js';
import type { PortRange, Target } from '../model/target.js';
import type { MailExchanger, MxResolution } from '../probe/resolve-mx.js';
import { readHostName } from '../targets/host-name.js';
import { parseTargets } from '../targets/parse-targets.js';
import { isProblem } from '../targets/problem.js';
import { readIpAddress } from '../x509/ip-address.js';

/** Who takes mail for a domain, and where that is to be checked. */
export interface MailPlan {
  readonly domain: string;
  readonly kind: MxResolution['kind'];
  /** By preference; those with a failure have no target. */
  readonly exchangers: readonly MailExchanger[];
  readonly omitted: number;
  readonly failure: Failure | null;
  /** Every address of every exchanger, to be judged by the exchanger's name. */
  readonly targets: readonly Target[];
}

/** Turns the answer of the name servers, who may say anything, into what is to be checked on the ports given. */
export function makeMailPlan(resolution: MxResolution, ports: readonly PortRange[]): MailPlan {
  const exchangers = resolution.exchangers.map(withSoundName);
  const targets = exchangers.flatMap(({ addresses, host }) =>
    addresses.flatMap((address) => {
      const place = address.includes(':') ? `[${address}]` : address;
      const text = { text: `${host}@${place}`, source: `MX of ${resolution.domain}`, isFile: false };
      return parseTargets(text, { protocols: [] }).map((target) => ({ ...target, ports }));
    }),
  );
  const { domain, failure, kind, omitted } = resolution;
  return { domain, kind, exchangers, omitted, failure, targets };
}

/** The exchanger that an endpoint belongs to. */
export function findExchanger({ exchangers }: MailPlan, { host }: Endpoint): MailExchanger | null {
  return exchangers.find((exchanger) => exchanger.host === host) ?? null;
}

/** RFC 5321, section 5.1: the exchange of an MX record is a host's name, and no address. */
function withSoundName(exchanger: MailExchanger): MailExchanger {
  const name = readHostName(exchanger.host);
  if (!isProblem(name)) return { ...exchanger, host: name };
  const detail =
    readIpAddress(exchanger.host) === null
      ? `the MX record names "${exchanger.host}", which ${name.problem}`
      : `the MX record names the address ${exchanger.host}, where the name of a host belongs`;
  return { ...exchanger, addresses: [], failure: { stage: 'resolve', code: 'no-host-name', detail } };
}
