export { addGradings } from './add-gradings.js';
export { addKeyFindings } from './add-key-findings.js';
export { addRevocationReports } from './add-revocation-reports.js';
export { createTables } from './create-tables.js';
