export { printAsDixa } from '../shared/dixa-json.js';
