export { addAnnotations } from './add-annotations.js';
export { addBareObservations } from './add-bare-observations.js';
export { addGradings } from './add-gradings.js';
export { addKeyFindings } from './add-key-findings.js';
export { addKeyWaivers } from './add-key-waivers.js';
export { addRevocationReports } from './add-revocation-reports.js';
export { addRunProgress } from './add-run-progress.js';
export { createTables } from './create-tables.js';
