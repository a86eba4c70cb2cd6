export { csv } from './csv.js';
export { markdown } from './markdown.js';
export { ndjson } from './ndjson.js';
