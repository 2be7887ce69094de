import type { ForeignServer } from './foreign-server.js';
import { museum } from './servers/museum.js';
import { petstore } from './servers/petstore.js';
import { repositories } from './servers/repositories.js';

export const foreignServers: readonly ForeignServer[] = [petstore, museum, repositories];
