import type { JsonObject } from '../../contract/contract.js';
import type { ChangeKind } from '../kinds.js';
import { answering, asking, json, taking } from './document.js';

/** One operation before and after a change, with the kinds of change to report. */
export interface Planted {
  readonly given: string;
  readonly before?: JsonObject;
  readonly after?: JsonObject;
  readonly want: readonly ChangeKind[];
}

const text = { type: 'string' };
const object = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({ type: 'object', properties, ...more });
const done = { responses: { '204': { description: 'Done' } } };
const guarded = (...security: readonly (readonly string[])[]): JsonObject => ({
  ...done,
  security: security.map((oauth) => ({ oauth: [...oauth] })),
});
const statuses = (...names: readonly string[]): JsonObject => ({
  responses: Object.fromEntries(names.map((status) => [status, { description: status }])),
});
const header = (name: string, more: JsonObject = {}): JsonObject => ({
  responses: { '200': { description: 'Fine', headers: { [name]: { schema: text, ...more } } } },
});

/** Changes that any OpenAPI document can have. */
export const PLANTED: readonly Planted[] = [
  { given: 'the same', before: done, after: done, want: [] },
  { given: 'operation-removed', before: done, want: ['operation-removed'] },
  { given: 'operation-added', after: done, want: ['operation-added'] },
  {
    given: 'operation-id-changed',
    before: { ...done, operationId: 'things.old' },
    after: { ...done, operationId: 'things.new' },
    want: ['operation-id-changed'],
  },
  { given: 'deprecated', before: done, after: { ...done, deprecated: true }, want: ['operation-deprecated'] },
  {
    given: 'described',
    before: { ...done, summary: 'Old', description: 'Old words' },
    after: { ...done, summary: 'New', description: 'New words' },
    want: ['operation-described', 'operation-described'],
  },
  { given: 'parameter-added', before: done, after: asking({}), want: ['parameter-added'] },
  {
    given: 'required-parameter-added',
    before: done,
    after: asking({ required: true }),
    want: ['required-parameter-added'],
  },
  { given: 'parameter-removed', before: asking({}), after: done, want: ['parameter-removed'] },
  {
    given: 'parameter-became-required',
    before: asking({}),
    after: asking({ required: true }),
    want: ['parameter-became-required'],
  },
  {
    given: 'parameter-became-optional',
    before: asking({ required: true }),
    after: asking({}),
    want: ['parameter-became-optional'],
  },
  {
    given: 'parameter-enum-shrunk',
    before: asking({ schema: { ...text, enum: ['a', 'b'] } }),
    after: asking({ schema: { ...text, enum: ['a'] } }),
    want: ['request-enum-values-removed'],
  },
  {
    given: 'page-size-lowered',
    before: asking({ schema: { type: 'integer', maximum: 100 } }),
    after: asking({ schema: { type: 'integer', maximum: 50 } }),
    want: ['request-constraint-tightened'],
  },
  {
    given: 'parameter-serialization-changed',
    before: asking({ schema: { type: 'array', items: text } }),
    after: asking({ schema: { type: 'array', items: text }, explode: false }),
    want: ['parameter-serialization-changed'],
  },
  {
    given: 'header-case',
    before: asking({ name: 'X-Trace', in: 'header' }),
    after: asking({ name: 'x-trace', in: 'header' }),
    want: [],
  },
  { given: 'body-added', before: done, after: taking(object({}), {}, false), want: ['request-body-added'] },
  {
    given: 'required-body-added',
    before: done,
    after: taking(object({})),
    want: ['required-request-body-added'],
  },
  { given: 'body-removed', before: taking(object({})), after: done, want: ['request-body-removed'] },
  {
    given: 'body-became-required',
    before: taking(object({}), {}, false),
    after: taking(object({})),
    want: ['request-body-became-required'],
  },
  {
    given: 'body-media-type-removed',
    before: taking({}, { requestBody: { content: { ...json({}), 'text/plain': { schema: text } } } }),
    after: taking({}, { requestBody: { content: json({}) } }),
    want: ['request-media-type-removed'],
  },
  {
    given: 'max-items-lowered',
    before: taking(object({ roles: { type: 'array', items: text, maxItems: 10 } })),
    after: taking(object({ roles: { type: 'array', items: text, maxItems: 5 } })),
    want: ['request-constraint-tightened'],
  },
  {
    given: 'max-items-raised',
    before: taking(object({ roles: { type: 'array', items: text, maxItems: 5 } })),
    after: taking(object({ roles: { type: 'array', items: text, maxItems: 10 } })),
    want: ['request-constraint-loosened'],
  },
  {
    given: 'body-property-required',
    before: taking(object({ a: text })),
    after: taking(object({ a: text }, { required: ['a'] })),
    want: ['request-property-became-required'],
  },
  {
    given: 'body-type-narrowed',
    before: taking(object({ a: { type: ['string', 'null'] } })),
    after: taking(object({ a: text })),
    want: ['request-type-narrowed'],
  },
  {
    given: 'body-property-removed',
    before: taking(object({ a: text, b: text }, { additionalProperties: false })),
    after: taking(object({ a: text }, { additionalProperties: false })),
    want: ['request-property-removed'],
  },
  {
    given: 'form-removed',
    before: taking({ oneOf: [text, { type: 'integer' }] }),
    after: taking({ oneOf: [text] }),
    want: ['request-alternative-removed'],
  },
  {
    given: 'answer-property-added',
    before: answering(object({ a: text })),
    after: answering(object({ a: text, b: text })),
    want: ['response-property-added'],
  },
  {
    given: 'answer-property-removed',
    before: answering(object({ a: text, b: text })),
    after: answering(object({ a: text })),
    want: ['response-property-removed'],
  },
  {
    given: 'answer-property-optional',
    before: answering(object({ a: text }, { required: ['a'] })),
    after: answering(object({ a: text })),
    want: ['response-property-became-optional'],
  },
  {
    given: 'answer-enum-grown',
    before: answering(object({ a: { ...text, enum: ['x'] } })),
    after: answering(object({ a: { ...text, enum: ['x', 'y'] } })),
    want: ['response-enum-values-added'],
  },
  {
    given: 'answer-type-widened',
    before: answering(object({ a: text })),
    after: answering(object({ a: { type: ['string', 'null'] } })),
    want: ['response-type-widened'],
  },
  {
    given: 'answer-bound-dropped',
    before: answering(object({ a: { type: 'integer', maximum: 5 } })),
    after: answering(object({ a: { type: 'integer' } })),
    want: ['response-constraint-loosened'],
  },
  {
    given: 'answer-media-type-removed',
    before: { responses: { '200': { description: '', content: { ...json(text), 'text/plain': { schema: text } } } } },
    after: { responses: { '200': { description: '', content: json(text) } } },
    want: ['response-media-type-removed'],
  },
  {
    given: 'success-status-changed',
    before: statuses('201', '404'),
    after: statuses('200', '404'),
    want: ['success-status-changed', 'response-described'],
  },
  { given: 'error-added', before: statuses('204'), after: statuses('204', '409'), want: ['error-added'] },
  { given: 'error-removed', before: statuses('204', '409'), after: statuses('204'), want: ['error-removed'] },
  {
    given: 'error-widened',
    before: { responses: { '204': { description: 'Done' }, '404': { description: 'No' } } },
    after: { responses: { '204': { description: 'Done' }, '4XX': { description: 'No' } } },
    want: ['error-widened'],
  },
  {
    given: 'discriminator-property-changed',
    before: answering({ oneOf: [text, { type: 'integer' }], discriminator: { propertyName: 'kind' } }),
    after: answering({ oneOf: [text, { type: 'integer' }], discriminator: { propertyName: 'type' } }),
    want: ['response-discriminator-changed'],
  },
  {
    given: 'header-removed',
    before: header('X-Next'),
    after: header('x-other'),
    want: ['response-header-removed', 'response-header-added'],
  },
  {
    given: 'scope-added',
    before: guarded(['read:things']),
    after: guarded(['read:things', 'write:things']),
    want: ['scope-required'],
  },
  {
    given: 'scope-dropped',
    before: guarded(['read:things', 'write:things']),
    after: guarded(['read:things']),
    want: ['scope-dropped'],
  },
  {
    given: 'alternative-added',
    before: guarded(['read:things']),
    after: guarded(['read:things'], ['read:all']),
    want: ['alternative-added'],
  },
  {
    given: 'alternative-removed',
    before: guarded(['read:things'], ['read:all']),
    after: guarded(['read:things']),
    want: ['alternative-removed'],
  },
  {
    given: 'alternative-that-another-covers',
    before: guarded(['read:all'], ['read:all', 'read:things']),
    after: guarded(['read:all']),
    want: ['scope-dropped'],
  },
  {
    given: 'authentication-required',
    before: { ...done, security: [] },
    after: guarded(['read:things']),
    want: ['authentication-required'],
  },
  {
    given: 'authentication-dropped',
    before: guarded(['read:things']),
    after: { ...done, security: [] },
    want: ['authentication-dropped'],
  },
];
