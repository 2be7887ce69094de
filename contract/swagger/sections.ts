import type { Pointer } from '../contract.js';

/** The sections of a document of Swagger 2.0, by the section of `components` that OpenAPI 3 has for them. */
export const SECTIONS_OF_SWAGGER = {
  schemas: 'definitions',
  parameters: 'parameters',
  responses: 'responses',
  securitySchemes: 'securityDefinitions',
} as const;

export type SwaggerSection = keyof typeof SECTIONS_OF_SWAGGER;

const OWN = Object.values(SECTIONS_OF_SWAGGER);

/** Whether a place is in a section, of Swagger 2.0 or, in an overlay, of OpenAPI 3. */
export function isInSection(pointer: Pointer): boolean {
  return pointer.startsWith('/components/') || OWN.some((name) => pointer.startsWith(`/${name}/`));
}

/** Whether a place is a section of components, of Swagger 2.0 or OpenAPI 3. */
export function isSection(pointer: Pointer): boolean {
  return /^\/components\/[^/]+$/.test(pointer) || OWN.some((name) => pointer === `/${name}`);
}
