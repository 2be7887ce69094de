import { describe, expect, test } from 'vitest';
import { HEAD, load, OK, problemsIn } from './test-support/read-swagger.js';

test('a problem quotes a reference to nothing as it is written', async () => {
  const { warnings } = await load({
    'swagger.yaml': `${HEAD}paths: {}\ndefinitions: {Pet: {properties: {owner: {$ref: '#/definitions/Owner'}}}}`,
  });
  expect(warnings.map(({ message }) => message)).toEqual([
    '"$ref: #/definitions/Owner" points to nothing; expected a component (the reference is left out)',
  ]);
});

/** What is wrong with a document: line and column, pointer, and message. */
async function told(text: string): Promise<readonly string[]> {
  const problems = await problemsIn(text);
  return problems.map(({ line, column, pointer, message }) => `${line}:${column} ${pointer} ${message}`);
}

describe('a problem is told in the words of the document:', () => {
  test.each([
    [
      'an entry of a section',
      'paths: {}\ndefinitions:\n  A: 1\n',
      '5:3 #/definitions/A "A" of "definitions" expected a schema, an object; received 1 (its value is left out)',
    ],
    [
      'a section',
      'paths: {}\ndefinitions: []\n',
      '4:1 #/definitions "definitions" expected an object of objects, received a list (the field is left out)',
    ],
    [
      'an entry of a list',
      `paths:\n  /x:\n    get:\n      parameters:\n        - {name: a, in: body, schema: {}}\n        - 1\n      ${OK}`,
      '8:11 #/paths/~1x/get/parameters/1 entry 0 of "parameters" expected a parameter, an object; received 1 (the entry is left out)',
    ],
    [
      'a list',
      `paths:\n  /x:\n    get:\n      parameters: {}\n      ${OK}`,
      '6:7 #/paths/~1x/get/parameters "parameters" expected a list of objects, received an object (the field is left out)',
    ],
    [
      'responses',
      'paths:\n  /x:\n    get:\n      responses: []\n',
      '6:7 #/paths/~1x/get/responses "responses" expected an object, received a list (its value is left out)',
    ],
    [
      'the schema of an answer',
      'paths: {}\nresponses:\n  R:\n    description: D\n    schema: 1\n',
      '7:5 #/responses/R/schema "schema" expected a schema or a boolean, received 1 (the field is left out)',
    ],
    [
      'the schema of a body',
      `paths:\n  /x:\n    put:\n      parameters:\n        - {name: a, in: body, schema: 1}\n      ${OK}`,
      '7:31 #/paths/~1x/put/parameters/0/schema "schema" expected a schema or a boolean, received 1 (the field is left out)',
    ],
    [
      'the scopes of a flow',
      "paths: {}\nsecurityDefinitions:\n  o: {type: oauth2, flow: implicit, authorizationUrl: 'https://a', scopes: [a]}\n",
      '5:68 #/securityDefinitions/o/scopes "scopes" expected an object, received a list',
    ],
    [
      'a reference to a response',
      "paths: {}\nresponses: {R: {description: D}}\ndefinitions:\n  A: {$ref: '#/responses/R'}\n",
      '6:7 #/definitions/A/$ref "$ref: #/responses/R" points to a response; expected a schema (the reference is left out)',
    ],
    [
      'a parameter that is a schema',
      `paths:\n  /x:\n    get:\n      parameters:\n        - {$ref: '#/definitions/A'}\n      ${OK}\ndefinitions: {A: {type: string}}\n`,
      '7:12 #/paths/~1x/get/parameters/0/$ref "$ref: #/definitions/A" points to a schema; expected a parameter (the parameter is left out)',
    ],
    [
      'a response that is a schema, where the media types are others',
      "paths:\n  /x:\n    get:\n      produces: [text/a]\n      responses: {'200': {$ref: '#/definitions/A'}}\ndefinitions: {A: {type: string}}\n",
      '7:27 #/paths/~1x/get/responses/200/$ref "$ref: #/definitions/A" points to a schema; expected a response (the response is left out)',
    ],
    [
      'the place of a parameter',
      `paths:\n  /x:\n    get:\n      parameters:\n        - {name: a, in: form, type: string}\n      ${OK}`,
      '7:21 #/paths/~1x/get/parameters/0/in "in" expected one of path, query, header, formData, body, received "form"',
    ],
    [
      'a circle',
      "paths: {}\ndefinitions:\n  A: {$ref: '#/definitions/A'}\n",
      '5:7 #/definitions/A/$ref "$ref: #/definitions/A" is circular: #/definitions/A; expected a reference that ends at a schema (the reference is left out)',
    ],
  ])('%s', async (_, text, want) => {
    expect(await told(text)).toEqual([want]);
  });
});

describe('a problem has the place where it was written:', () => {
  test.each([
    [
      'a schema',
      'paths: {}\ndefinitions:\n  Pet:\n    properties:\n      name: {type: text}\n',
      ':7:14 #/definitions/Pet/properties/name/type',
    ],
    [
      'a parameter',
      `paths:\n  /x:\n    get:\n      parameters:\n        - {name: a, in: body, schema: {}}\n        - {name: b, in: query, type: text}\n      ${OK}`,
      ':8:32 #/paths/~1x/get/parameters/1/type',
    ],
    [
      'a body',
      `paths:\n  /x:\n    get:\n      parameters:\n        - {name: a, in: body, schema: {type: text}}\n      ${OK}`,
      ':7:40 #/paths/~1x/get/parameters/0/schema/type',
    ],
    [
      'a field',
      `paths:\n  /x:\n    get:\n      parameters:\n        - {name: a, in: formData, type: text}\n      ${OK}`,
      ':7:35 #/paths/~1x/get/parameters/0/type',
    ],
    [
      'an answer',
      "paths:\n  /x:\n    get:\n      responses:\n        '200':\n          description: D\n          schema: {type: text}\n",
      ':9:20 #/paths/~1x/get/responses/200/schema/type',
    ],
    [
      'a shared answer',
      'paths: {}\nresponses:\n  R:\n    description: D\n    schema: {type: text}\n',
      ':7:14 #/responses/R/schema/type',
    ],
  ])('%s', async (_, text, place) => {
    const problems = await problemsIn(text);
    expect(problems.map(({ line, column, pointer }) => `:${line}:${column} ${pointer}`)).toEqual([place]);
  });
});
