import { json } from '../../../test-support/json-content.js';
import type { JsonObject } from '../../contract.js';
import { answers } from './answers.js';

const club: JsonObject = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'string' }, name: { type: 'string' } },
};
const member: JsonObject = {
  type: 'object',
  required: ['id', 'email', 'role'],
  properties: {
    id: { type: 'string' },
    email: { type: 'string', format: 'email' },
    role: { type: 'string', enum: ['owner', 'viewer'] },
  },
};
const newMember: JsonObject = {
  type: 'object',
  required: ['email', 'role'],
  properties: { email: { type: 'string', format: 'email' }, role: { type: 'string', enum: ['owner', 'viewer'] } },
};
const newClub: JsonObject = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };

const id: JsonObject = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const memberId: JsonObject = { ...id, name: 'memberId' };

/** A document without our keywords: clubs, and members that are listed, added and removed, which no operation reads. */
export const clubs: JsonObject = {
  openapi: '3.0.3',
  info: { title: 'Clubs', version: '1' },
  paths: {
    '/clubs': {
      post: { operationId: 'found', requestBody: { required: true, ...json(newClub) }, ...answers('201', club) },
      get: { operationId: 'list', ...answers('200', { type: 'array', items: club }) },
    },
    '/clubs/{id}': {
      parameters: [id],
      get: { operationId: 'read', ...answers('200', club) },
      delete: { operationId: 'dissolve', ...answers('204') },
    },
    '/clubs/{id}/members': {
      parameters: [id],
      get: { operationId: 'listMembers', ...answers('200', { type: 'array', items: member }) },
      post: {
        operationId: 'addMember',
        requestBody: { required: true, ...json(newMember) },
        ...answers('201', member),
      },
    },
    '/clubs/{id}/members/{memberId}': {
      parameters: [id, memberId],
      delete: { operationId: 'removeMember', ...answers('204') },
    },
  },
};
