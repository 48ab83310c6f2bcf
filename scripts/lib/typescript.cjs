// When a CommonJS module is imported, Node scans it for exports: 0.8 s for TypeScript's nine megabytes. `require` does not.
const ts = require('typescript');
module.exports = ts;
