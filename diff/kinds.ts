import type { Kind } from './kinds/kind.js';
import { OPERATION_KINDS } from './kinds/operation-kinds.js';
import { SCHEMA_KINDS } from './kinds/schema-kinds.js';
import { VOCABULARY_KINDS } from './kinds/vocabulary-kinds.js';

const TABLE = { ...OPERATION_KINDS, ...SCHEMA_KINDS, ...VOCABULARY_KINDS };

export type ChangeKind = keyof typeof TABLE;

/** Every kind of change and its impact on callers. To add one, add a line to one of the three tables. */
export const KINDS: Readonly<Record<ChangeKind, Kind>> = TABLE;
