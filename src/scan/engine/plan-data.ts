import { type Plan, type PlanSpec, planFrom } from '../../targets/plan.js';

/** A plan as plain data that a worker can be sent. */
export type PlanData = PlanSpec;

/** Where targets were written does not matter to a worker; one such note serves all. */
const NOWHERE = { text: '', origin: { place: '' } };

/** Makes plain data of a plan: of each target no more than decides what is visited, as there may be a million. */
export function toPlanData({ spec }: Pick<Plan, 'spec'>): PlanData {
  const strip = ({ hosts, ports, serverName }: PlanSpec['targets'][number]) => ({
    hosts,
    ...(ports && { ports }),
    ...(serverName !== undefined && { serverName }),
    ...NOWHERE,
  });
  return {
    ...spec,
    targets: spec.targets.map(strip),
    ...(spec.excludes && { excludes: spec.excludes.map(strip) }),
    protocols: spec.protocols.map(({ defaultPorts, name }) => ({ name, defaultPorts })),
  };
}

/** Makes the plan of such data: the same endpoints in the same order. */
export function makePlanOf(data: PlanData): Pick<Plan, 'endpointAt' | 'isExcluded' | 'size'> {
  // The spec itself, which may be large, is let go.
  const { endpointAt, isExcluded, size } = planFrom(data);
  return { endpointAt, isExcluded, size };
}
