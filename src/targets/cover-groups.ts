import { type ExcludeRule, servicesOfExcludeRule } from './exclude-rule.js';
import type { Excludes } from './excludes.js';
import { type IntervalList, joinIntervalList, subtractIntervalList } from './interval-list.js';
import { approachOf, type ServiceCatalog } from './service-catalog.js';
import { OWN_NAME, type ServiceRequest } from './service-request.js';
import { NO_COVER } from './sweep.js';

/** The groups that lie on the axes of a plan: services that are asked for, and rules that take services away. */
export interface CoverGroups {
  /** Numbers a rule. Requests come first: their groups have the numbers of the requests. */
  addRule(rule: ExcludeRule): number;
  /** The set of services that is left where these groups meet; NO_COVER: none is. */
  coverOf(groups: readonly number[]): number;
}

/** Makes the groups of a plan's requests; what excludes say of the server names themselves is already taken away. */
export function createCoverGroups(
  requests: readonly ServiceRequest[],
  excludes: Excludes,
  catalog: ServiceCatalog,
): CoverGroups {
  const rules: ExcludeRule[] = [];
  const services = requests.map((request) => withoutNames(catalog.servicesOf(request), excludes, catalog));
  return {
    addRule: (rule) => requests.length + rules.push(rule) - 1,
    coverOf(groups) {
      const asked: number[] = [];
      const excluding: ExcludeRule[] = [];
      for (const group of groups) {
        for (const bound of services[group] ?? []) asked.push(bound);
        const rule = rules[group - requests.length];
        if (rule !== undefined) excluding.push(rule);
      }
      const left = without(joinIntervalList(asked), catalog, () => excluding);
      return left.length === 0 ? NO_COVER : catalog.addSet(left);
    },
  };
}

function withoutNames(services: IntervalList, excludes: Excludes, catalog: ServiceCatalog): IntervalList {
  return without(services, catalog, (serverName) =>
    serverName === null || serverName === OWN_NAME
      ? []
      : excludes.rulesForServerName(serverName).flatMap((rule) => excludes.rules[rule] ?? []),
  );
}

/** What is left of services once rules, which may differ by server name, have taken theirs away. */
function without(
  services: IntervalList,
  catalog: ServiceCatalog,
  rulesFor: (serverName: string | null) => readonly ExcludeRule[],
): IntervalList {
  const taken: number[] = [];
  let lastNumber = -1;
  for (let index = 0; index < services.length; index += 2) {
    const number = approachOf(services[index] ?? 0);
    if (number === lastNumber) continue;
    lastNumber = number;
    const approach = catalog.approach(number);
    for (const rule of rulesFor(approach.serverName))
      taken.push(...servicesOfExcludeRule(rule, approach, number));
  }
  return subtractIntervalList(services, joinIntervalList(taken));
}
