import { options } from 'preact';
import { printable, printableLines } from '../../contract/text/printable.js';

/** Attributes that people see or hear. */
const SHOWN = ['alt', 'aria-label', 'placeholder', 'title'];

/**
 * From now on, the page shows control characters and those that reorder text as escapes: a name such as `gpj.exe`,
 * reversed, would read as a picture. What is sent and copied stays as it is.
 */
export function escapeShownText(): void {
  const before = options.vnode;
  options.vnode = (node) => {
    // The props of a text node are its text, which Preact's types do not say.
    const { type, props } = node as { type: unknown; props: unknown };
    if (type === null && typeof props === 'string') Object.assign(node, { props: printableLines(props) });
    if (typeof type === 'string' && isRecord(props)) {
      for (const name of SHOWN) if (typeof props[name] === 'string') props[name] = printable(props[name]);
    }
    before?.(node);
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
