import { describe, expect, test } from 'vitest';
import { FORM } from '../http/media-type.js';
import { entriesOf, objectOr } from '../json/json-value.js';
import { getPointer } from '../pointer.js';
import { converted, inOperation, OK } from './test-support/read-swagger.js';

describe('a parameter', () => {
  const read = (parameter: string, pointer = '/parameters/0') =>
    inOperation(`parameters: [{name: p, ${parameter}}], ${OK}`, pointer);

  test('has a schema with what it says about its value', async () => {
    expect(await read('in: query, type: integer, format: int32, minimum: 1, exclusiveMinimum: true, x-a: 1')).toEqual({
      name: 'p',
      in: 'query',
      'x-a': 1,
      schema: { type: 'integer', format: 'int32', exclusiveMinimum: 1 },
    });
  });

  test.each([
    ['', { style: 'form', explode: false }],
    [', collectionFormat: csv', { style: 'form', explode: false }],
    [', collectionFormat: ssv', { style: 'spaceDelimited', explode: false }],
    [', collectionFormat: pipes', { style: 'pipeDelimited', explode: false }],
    [', collectionFormat: multi', { style: 'form', explode: true }],
  ])('with a list%s', async (format, style) => {
    const schema = { type: 'array', items: { type: 'string' } };
    const list = `type: array, items: {type: string}${format}`;
    expect(await read(`in: query, ${list}`)).toEqual({ name: 'p', in: 'query', ...style, schema });
    // OpenAPI 3 has commas there, and nothing else.
    const text = { type: 'string' };
    const inHeader = /ssv|pipes/.test(format) ? text : schema;
    expect(await read(`in: header, ${list}`)).toEqual({ name: 'p', in: 'header', schema: inHeader });
  });

  test.each([
    ['query', 'tsv', 'items: {type: integer}', '^(?:-?\\d+(?:\\t-?\\d+){0,})?$'],
    ['header', 'ssv', 'items: {type: boolean}, minItems: 1', '^(?:true|false)(?: (?:true|false)){0,}$'],
    ['header', 'pipes', 'items: {type: string}, minItems: 2', undefined],
    [
      'path',
      'pipes',
      'items: {type: string, enum: [a.b, c]}, minItems: 2, maxItems: 3',
      '^(?:a\\.b|c)(?:\\|(?:a\\.b|c)){1,2}$',
    ],
  ])('in %s with the format %s is a text', async (place, format, list, pattern) => {
    const parameter = `in: ${place}, required: true, type: array, ${list}, collectionFormat: ${format}`;
    const { schema } = objectOr(
      getPointer(
        await converted(`paths: {'/x/{p}': {get: {parameters: [{name: p, ${parameter}}], ${OK}}}}`),
        '/paths/~1x~1{p}/get/parameters/0',
      ),
    );
    expect(schema).toEqual({ type: 'string', ...(pattern !== undefined && { pattern }) });
  });

  test('with lists in a list has texts in it', async () => {
    const items = 'items: {type: array, items: {type: integer}, collectionFormat: pipes}';
    expect(await read(`in: query, type: array, ${items}, minItems: 1`, '/parameters/0/schema')).toEqual({
      type: 'array',
      minItems: 1,
      items: { type: 'string', pattern: '^(?:-?\\d+(?:\\|-?\\d+){0,})?$' },
    });
  });

  test('that may be null says so in an extension', async () => {
    expect(await read('in: query, type: string, x-nullable: true', '/parameters/0/schema/type')).toEqual([
      'string',
      'null',
    ]);
  });

  test('has the example of an extension', async () => {
    expect(await read('in: query, type: string, x-example: a', '/parameters/0/example')).toBe('a');
  });

  test('of a section is referred to, of a path stays there', async () => {
    const document = await converted(`parameters:
  limit: {name: limit, in: query, type: integer}
paths:
  /x/{id}:
    parameters: [{name: id, in: path, required: true, type: string}]
    get: {parameters: [{$ref: '#/parameters/limit'}], ${OK}}`);
    const item = getPointer(document, '/paths/~1x~1{id}');
    expect(item).toMatchObject({
      parameters: [{ name: 'id', schema: { type: 'string' } }],
      get: { parameters: [{ $ref: '#/components/parameters/limit' }] },
    });
    expect(getPointer(document, '/components/parameters/limit/schema')).toEqual({ type: 'integer' });
  });
});

describe('a body', () => {
  const SCHEMA = { type: 'object' };

  test('has the media types of its operation, or of the document, or JSON', async () => {
    const types = async (own: string, more = '') => {
      const body = 'parameters: [{name: b, in: body, required: true, description: B, schema: {type: object}}]';
      return inOperation(`${own}${body}, ${OK}`, '/requestBody', more);
    };
    const media = { schema: SCHEMA };
    const known = { description: 'B', required: true };
    expect(await types('')).toEqual({ ...known, content: { 'application/json': media } });
    expect(await types('', 'consumes: [application/a+json]\n')).toEqual({
      ...known,
      content: { 'application/a+json': media },
    });
    expect(await types('consumes: [text/b, text/c], ', 'consumes: [application/a+json]\n')).toEqual({
      ...known,
      content: { 'text/b': media, 'text/c': media },
    });
  });

  test('of fields is a form, with the lists in it as they are written', async () => {
    const fields = [
      '{name: a, in: formData, required: true, type: string, description: A}',
      '{name: b, in: formData, type: array, items: {type: string}, collectionFormat: multi}',
    ];
    const read = (consumes: string) =>
      inOperation(`${consumes}parameters: [${fields.join(', ')}], ${OK}`, '/requestBody');
    const media = {
      schema: {
        type: 'object',
        properties: {
          a: { type: 'string', description: 'A' },
          b: { type: 'array', items: { type: 'string' } },
        },
        required: ['a'],
      },
      encoding: { b: { style: 'form', explode: true } },
    };
    const form = 'application/x-www-form-urlencoded';
    expect(await read('')).toEqual({ required: true, content: { [form]: media } });
    expect(await read('consumes: [multipart/form-data], ')).toEqual({
      required: true,
      content: { 'multipart/form-data': media },
    });
  });

  test('with a file has parts', async () => {
    expect(
      await inOperation(`parameters: [{name: a, in: formData, type: file}], ${OK}`, '/requestBody/content'),
    ).toEqual({
      'multipart/form-data': {
        schema: { type: 'object', properties: { a: { type: 'string', format: 'binary' } } },
      },
    });
  });

  test('of a section, or of a path, is part of each operation', async () => {
    const document = await converted(`parameters:
  pet: {name: pet, in: body, schema: {$ref: '#/definitions/Pet'}}
definitions:
  Pet: {type: object}
paths:
  /x:
    parameters: [{$ref: '#/parameters/pet'}]
    put: {${OK}}
    post: {parameters: [{name: other, in: body, schema: {type: array, items: {}}}], ${OK}}`);
    const schemaOf = (method: string) =>
      getPointer(document, `/paths/~1x/${method}/requestBody/content/application~1json/schema`);
    expect(schemaOf('put')).toEqual({ $ref: '#/components/schemas/Pet' });
    expect(schemaOf('post')).toEqual({ type: 'array', items: {} });
    expect(getPointer(document, '/paths/~1x/parameters')).toBeUndefined();
    expect(getPointer(document, '/components/parameters')).toEqual({});
  });
});

describe('of the parameters of a path and an operation', () => {
  const FIELD = '{name: f, in: formData, type: string}';
  const BODY = '{name: b, in: body, schema: {type: object}}';

  test.each([
    ['a form replaces a body', BODY, FIELD, [FORM, ['f']]],
    ['a body replaces a form', FIELD, BODY, ['application/json', undefined]],
    ['fields join', '{name: g, in: formData, type: string}', FIELD, [FORM, ['f', 'g']]],
  ])('%s', async (_, ofPath, own, want) => {
    const document = await converted(`paths: {/x: {parameters: [${ofPath}], post: {parameters: [${own}], ${OK}}}}`);
    const [[type, media] = []] = entriesOf(getPointer(document, '/paths/~1x/post/requestBody/content'));
    const { properties } = objectOr(objectOr(media).schema);
    expect([type, properties && Object.keys(objectOr(properties))]).toEqual(want);
  });
});

describe('an answer', () => {
  const read = (response: string, more = '', own = '') =>
    inOperation(`${own}responses: {'200': {description: D, ${response}}}`, '/responses/200', more);
  const schema = { type: 'string' };

  test('has the media types of its operation, or of the document, or any', async () => {
    expect(await read('schema: {type: string}')).toEqual({
      description: 'D',
      content: { '*/*': { schema } },
    });
    expect(await read('schema: {type: string}', 'produces: [text/a]\n', 'produces: [text/b], ')).toEqual({
      description: 'D',
      content: { 'text/b': { schema } },
    });
    expect(await read('schema: {type: file}')).toEqual({
      description: 'D',
      content: { '*/*': { schema: { type: 'string', format: 'binary' } } },
    });
    expect(await read('headers: {x-a: {type: integer, description: A}}', 'produces: [text/a]\n')).toEqual({
      description: 'D',
      headers: { 'x-a': { description: 'A', schema: { type: 'integer' } } },
    });
  });

  test('has its examples where their media types are', async () => {
    expect(
      await read(
        'schema: {type: string}, examples: {application/json: a, text/plain: b}',
        'produces: [application/json]\n',
      ),
    ).toEqual({
      description: 'D',
      content: { 'application/json': { schema, example: 'a' }, 'text/plain': { schema, example: 'b' } },
    });
  });

  test('of a section is a copy where the operation answers in other media types', async () => {
    const shared = 'produces: [application/json]\nresponses: {Text: {description: D, schema: {type: string}}}\n';
    const of = (own: string) =>
      inOperation(`${own}responses: {'200': {$ref: '#/responses/Text'}}`, '/responses/200', shared);
    expect(await of('')).toEqual({ $ref: '#/components/responses/Text' });
    expect(await of('produces: [text/html], ')).toEqual({ description: 'D', content: { 'text/html': { schema } } });
  });
});
