export { createTables } from './create-tables.js';
