import { basename } from 'node:path';
import type { JsonObject } from '../../contract/contract.js';
import { stringOr } from '../../contract/json/json-value.js';
import { actionsBetween, type WrittenAction } from '../../contract/overlay/compare.js';
import { isObject } from '../../contract/pointer.js';

/** An overlay as it is written. */
export interface WrittenOverlay {
  readonly overlay: '1.0.0';
  readonly info: { readonly title: string; readonly version: string };
  readonly extends: string;
  readonly actions: readonly WrittenAction[];
}

/** A document, and the file that it is in, as given. */
export interface DocumentFile {
  readonly file: string;
  readonly document: JsonObject;
}

/** The overlay that turns one document into another; nothing if they have the same content. */
export function overlayBetween(from: DocumentFile, to: DocumentFile): WrittenOverlay | undefined {
  const actions = actionsBetween(from.document, to.document);
  if (actions.length === 0) return undefined;
  const { info } = to.document;
  const version = stringOr(isObject(info) ? info.version : undefined) || '1';
  return {
    overlay: '1.0.0',
    info: { title: `${basename(from.file)} to ${basename(to.file)}`, version },
    extends: from.file,
    actions,
  };
}
