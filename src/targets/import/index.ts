export { httpxJson } from './httpx-json.js';
export { masscanJson } from './masscan-json.js';
export { masscanList } from './masscan-list.js';
export { naabuJson } from './naabu-json.js';
export { nmapGrepable } from './nmap-grepable.js';
export { nmapXml } from './nmap-xml.js';
export { zmapCsv } from './zmap-csv.js';
