// Reads the contract from the installed package, as a module and through require.
import { createRequire } from 'node:module';
import contract from 'dixa-webhooks/openapi.json' with { type: 'json' };

const required = createRequire(import.meta.url)('dixa-webhooks/openapi.json');
console.log(JSON.stringify({ openapi: contract.openapi, same: JSON.stringify(required) === JSON.stringify(contract) }));
