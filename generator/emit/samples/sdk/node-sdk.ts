import { isObject } from '../../../../contract/pointer.js';
import { written } from '../written.js';
import { sdkLanguage } from './sdk-sample.js';

/** Ids are arguments, and query and body the properties of one object; a body that is a list is the argument itself. */
export const NODE_SDK = sdkLanguage(
  { key: 'node-sdk', label: 'Node.js SDK', syntax: 'js' },
  ({ request, placeholders }, sdk, method) => {
    const { ids, query, body } = request;
    const named = { ...Object.fromEntries(query), ...(isObject(body?.value) ? body.value : {}) };
    const call = `const result = await management.${method}(`;
    const given = [
      ...ids.map((id) => written(id)),
      ...(Array.isArray(body?.value) ? [written(body.value, 0, call.length)] : []),
      ...(Object.keys(named).length > 0 ? [written(named, 0, call.length)] : []),
    ];
    return [
      sdk.import,
      '',
      ...placeholders.map(({ name }) => `const ${name} = '${name}';`),
      '',
      `const management = new ${sdk.client.replace(/^new /, '')};`,
      `${call}${given.join(', ')});`,
      'console.log(result);',
    ].join('\n');
  },
);
