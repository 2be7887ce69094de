import { isObject } from '../../contract/pointer.js';
import type { RecordedExchange } from '../recorded/recording.js';
import { cassette, requestBody, responseOf } from './cassette.js';
import { type Field, fieldOf, methodIn, objectIn, optionalStringIn, statusIn, stringIn } from './field.js';
import type { RecordingFormat } from './format.js';
import { headersIn } from './headers.js';
import { addressOf } from './message.js';

/** VCR of Ruby, in YAML or JSON. @see https://benoittgt.github.io/vcr */
export const rubyVcr: RecordingFormat = {
  name: 'VCR',
  detects: (value) => isObject(value) && Object.hasOwn(value, 'http_interactions'),
  async read(root, { name }) {
    return [cassette(fieldOf(root, 'http_interactions'), name, readInteraction)];
  },
};

function readInteraction(field: Field): Omit<RecordedExchange, 'index'> {
  const request = fieldOf(field, 'request');
  const response = fieldOf(field, 'response');
  objectIn(request);
  objectIn(response);
  const uri = fieldOf(request, 'uri');
  const status = statusIn(fieldOf(fieldOf(response, 'status'), 'code'));
  const startedAt = Date.parse(optionalStringIn(fieldOf(field, 'recorded_at')) ?? '');
  return {
    request: {
      method: methodIn(fieldOf(request, 'method')),
      ...addressOf(uri, stringIn(uri)),
      ...requestBody(fieldOf(request, 'body'), headersIn(fieldOf(request, 'headers'))),
    },
    response: responseOf(status, headersIn(fieldOf(response, 'headers')), fieldOf(response, 'body')),
    ...(Number.isNaN(startedAt) ? {} : { startedAt }),
  };
}
