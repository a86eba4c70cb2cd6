import { readCheckedYaml } from '../grade/checked-yaml.js';
import { SCAN_DEFINITION_SHAPE, type ScanDefinition, scanDefinitionSchema } from './scan-definition.js';

/** Reads a scan definition from YAML. Throws a UsageError that names `place` (the file), the line and the fix. */
export function parseScanDefinition(yamlText: string, place: string): ScanDefinition {
  return readCheckedYaml(yamlText, place, scanDefinitionSchema, {
    what: 'a scan definition',
    knownKeys: (section) => (section === undefined ? Object.keys(SCAN_DEFINITION_SHAPE) : []),
  });
}
