import type { Json, MediaType } from '../../contract/contract.js';
import { isJson } from '../../contract/http/media-type.js';
import { isOfParts, writeParts } from '../../contract/http/multipart-parts.js';
import { isObject } from '../../contract/pointer.js';
import { writeXml } from '../../contract/xml/write-xml.js';

const JSON_LINES = /^application\/(jsonl|x-ndjson|json-seq|x-jsonlines)$/;

/** A range stands for its likeliest member. */
export function specificType(type: string): string {
  if (type === '*/*' || type === 'application/*') return 'application/json';
  return type.endsWith('/*') ? type.replace('*', 'plain') : type;
}

/** A value in a media type. */
export function writtenBody({ type: range, xml, parts }: MediaType, value: Json): string {
  const type = specificType(range);
  if (parts !== undefined) return writeParts(parts, value, BOUNDARY);
  if (isJson(type)) return JSON.stringify(value);
  if (xml !== undefined) return typeof value === 'string' && value.startsWith('<') ? value : writeXml(value, xml);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (type === 'text/event-stream') return text.startsWith('data:') ? text : eventOf(value, text);
  return JSON_LINES.test(type) ? `${JSON.stringify(value)}\n` : text;
}

/** The fields of an event, if the value has them; else the value is its data. */
function eventOf(value: Json, text: string): string {
  if (!isObject(value) || value.data === undefined) return `data: ${text}\n\n`;
  const lines = ['event', 'id', 'retry', 'data'].flatMap((field) => {
    const part = value[field];
    if (part === undefined) return [];
    const own = typeof part === 'string' ? part : JSON.stringify(part);
    return own.split(/\r\n|\r|\n/).map((line) => `${field}: ${line}`);
  });
  return `${lines.join('\n')}\n\n`;
}

/** What sets the parts of an answer apart. */
const BOUNDARY = 'rolecall-part';

/** A `Content-Type` with the parameters that readers need. */
export function withParameters(type: string): string {
  if (isOfParts(type)) return `${type}; boundary=${BOUNDARY}`;
  return isJson(type) || type.startsWith('text/') ? `${type}; charset=utf-8` : type;
}
