import { completeWebhooks } from './complete-webhooks.js';
import { defaultFitsSchema } from './default-fits-schema.js';
import { knownEvidence } from './known-evidence.js';
import { knownFormat } from './known-format.js';
import { mediaTypeHasExample } from './media-type-has-example.js';
import { sentIsClosed } from './sent-is-closed.js';
import { typeNamesSchema } from './type-names-schema.js';
import { webhookPerEventType } from './webhook-per-event-type.js';
import { webhookTellsItsEvent } from './webhook-tells-its-event.js';

/** The contract's own lint rules, for what redocly's configurable rules cannot express. Enabled in redocly.yaml. */
export default function plugin() {
  return {
    id: 'contract',
    preprocessors: { oas3: { 'complete-webhooks': completeWebhooks } },
    rules: {
      oas3: {
        'default-fits-schema': defaultFitsSchema,
        'known-evidence': knownEvidence,
        'known-format': knownFormat,
        'media-type-has-example': mediaTypeHasExample,
        'sent-is-closed': sentIsClosed,
        'type-names-schema': typeNamesSchema,
        'webhook-per-event-type': webhookPerEventType,
        'webhook-tells-its-event': webhookTellsItsEvent,
      },
    },
  };
}
