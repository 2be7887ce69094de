import type { Flaw } from '../check/flaw.js';
import { oldKeywordsOf } from '../check/old-keywords.js';
import { walk } from '../check/walk.js';
import type { JsonObject } from '../contract.js';
import { Anchors } from './anchors.js';

/** What the schemas of a document have that is rewritten before anything else reads them. */
export interface SchemaSurvey {
  /** Keywords of OpenAPI 3.0 in a document of a later version. */
  readonly old: readonly Flaw[];
  readonly anchors: Anchors;
}

export function surveySchemas(document: JsonObject): SchemaSurvey {
  const old: Flaw[] = [];
  const anchors = new Anchors();
  // OpenAPI 3.0 has no anchors, and its keywords are not old there.
  if (typeof document.openapi !== 'string' || document.openapi.startsWith('3.0')) return { old, anchors };
  walk(document, (kind, value, at) => {
    if (kind !== 'schema') return undefined;
    old.push(...oldKeywordsOf(value, at));
    anchors.visit(value, at);
    return undefined;
  });
  return { old, anchors };
}
