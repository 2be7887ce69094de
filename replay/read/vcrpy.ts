import { isObject } from '../../contract/pointer.js';
import type { RecordedRequest, RecordedResponse } from '../recorded/recording.js';
import { cassette, firstRequest, requestBody, responseOf } from './cassette.js';
import { type Field, fieldOf, methodIn, objectIn, statusIn, stringIn } from './field.js';
import type { RecordingFormat } from './format.js';
import { headersIn } from './headers.js';
import { addressOf } from './message.js';

/** vcrpy, in YAML or JSON. @see https://vcrpy.readthedocs.io */
export const vcrpy: RecordingFormat = {
  name: 'vcrpy',
  detects(value) {
    const request = isObject(value) ? firstRequest(value.interactions) : undefined;
    return isObject(request) && Object.hasOwn(request, 'uri');
  },
  async read(root, { name }) {
    return [
      cassette(fieldOf(root, 'interactions'), name, (interaction) => ({
        request: readRequest(fieldOf(interaction, 'request')),
        response: readResponse(fieldOf(interaction, 'response')),
      })),
    ];
  },
};

function readRequest(field: Field): RecordedRequest {
  objectIn(field);
  const uri = fieldOf(field, 'uri');
  return {
    method: methodIn(fieldOf(field, 'method')),
    ...addressOf(uri, stringIn(uri)),
    ...requestBody(fieldOf(field, 'body'), headersIn(fieldOf(field, 'headers'))),
  };
}

/** Older versions write `status_code` and `content` for responses of httpx. */
function readResponse(field: Field): RecordedResponse {
  const response = objectIn(field);
  const headers = headersIn(fieldOf(field, 'headers'));
  if (Object.hasOwn(response, 'status_code')) {
    return responseOf(statusIn(fieldOf(field, 'status_code')), headers, fieldOf(field, 'content'));
  }
  return responseOf(statusIn(fieldOf(fieldOf(field, 'status'), 'code')), headers, fieldOf(field, 'body'));
}
