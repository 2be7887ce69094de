import type { Json } from '../../../../contract/contract.js';
import { isObject } from '../../../../contract/pointer.js';
import { inJson } from '../correct/escape.js';
import { piecesOf } from '../placeholder.js';
import { sdkLanguage } from './sdk-sample.js';

/** Ids come first; query and body are named arguments, and a body that is a list is called `request`. */
export const PYTHON_SDK = sdkLanguage(
  { key: 'python-sdk', label: 'Python SDK', syntax: 'python' },
  ({ request, placeholders }, sdk, method) => {
    const { ids, query, body } = request;
    const named = [
      ...query,
      ...(isObject(body?.value) ? Object.entries(body.value) : []),
      ...(Array.isArray(body?.value) ? [['request', body.value] as const] : []),
    ];
    const given = [
      ...ids.map((id) => python(id)),
      ...named.map(([name, value]) => `${argument(name)}=${python(value)}`),
    ];
    const line = `result = management.${method}(${given.join(', ')})`;
    return [
      sdk.import,
      '',
      ...placeholders.map(({ name }) => `${name} = "${name}"`),
      '',
      `management = ${sdk.client}`,
      line.length <= 100 ? line : `result = management.${method}(\n${given.map((one) => `    ${one},\n`).join('')})`,
      'print(result)',
    ].join('\n');
  },
);

/** SDKs append an underscore to words of the language. */
function argument(name: string): string {
  return /^(from|import|class|global|in|is|not|pass|with|async|await)$/.test(name) ? `${name}_` : name;
}

function python(value: Json): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return `[${value.map((entry: Json) => python(entry)).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([name, entry]) => `"${inJson(name)}": ${python(entry)}`)
    .join(', ')}}`;
}

function text(value: string): string {
  const pieces = piecesOf(value);
  const [first] = pieces;
  if (pieces.length === 1 && typeof first === 'object') return first.name;
  if (pieces.every((piece) => typeof piece === 'string')) return `"${inJson(value)}"`;
  const parts = pieces.map((piece) =>
    typeof piece === 'string' ? inJson(piece).replaceAll(/[{}]/g, '$&$&') : `{${piece.name}}`,
  );
  return `f"${parts.join('')}"`;
}
