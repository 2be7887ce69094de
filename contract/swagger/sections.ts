/** The sections of a document of Swagger 2.0, by the section of `components` that OpenAPI 3 has for them. */
export const SECTIONS_OF_SWAGGER = {
  schemas: 'definitions',
  parameters: 'parameters',
  responses: 'responses',
  securitySchemes: 'securityDefinitions',
} as const;

export type SwaggerSection = keyof typeof SECTIONS_OF_SWAGGER;
