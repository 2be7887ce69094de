import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../contract/load/package-root.js';

/** The pages that people read first. */
export const PAGES = ['README.md', 'CONTRIBUTING.md', 'spec/README.md'];

/** The code blocks of a page in one language, in order. */
export function codeBlocks(page: string, language: string): readonly string[] {
  const text = readFileSync(join(packageRoot(), page), 'utf8');
  return [...text.matchAll(/^ *```(\w+)\n([\s\S]*?)^ *```/gm)].flatMap(([, name, block = '']) =>
    name === language ? [block] : [],
  );
}

/** The `rolecall` commands in a text, without the comments beside them. */
export function commandsIn(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const [, command] = /^\s*(?:- run: |\$ )?((?:npx )?rolecall .*)$/.exec(line) ?? [];
    // Beside an example in a help page, two spaces or more begin its description; in a page of Markdown, `#` does.
    return command === undefined ? [] : [command.replace(/\s+(#|\|\|$).*$/, '').replace(/\s{2,}.*$/, '')];
  });
}
