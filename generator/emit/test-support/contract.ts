import type { Contract, JsonObject } from '../../../contract/contract.js';
import { readContract } from '../../../contract/read/read.js';

/** A small contract with these paths and components, and a scheme called `oauth`. */
export function contractOf(paths: JsonObject, components: JsonObject = {}, more: JsonObject = {}): Contract {
  return readContract({
    openapi: '3.1.0',
    info: { title: 'Small', version: '1.0.0' },
    servers: [{ url: 'https://api.example/v1' }],
    paths,
    ...more,
    components: {
      securitySchemes: {
        oauth: {
          type: 'oauth2',
          flows: {
            clientCredentials: { tokenUrl: 'https://api.example/token', scopes: { 'read:things': 'See things' } },
          },
        },
      },
      ...components,
    },
  });
}
