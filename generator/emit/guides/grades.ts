import type { PageContext } from '../pages/page-context.js';
import { GRADES } from '../text/grades.js';
import { capital } from '../text/names.js';

/** What the grades mean that stand beside facts. */
export function gradesGuide(_: PageContext): readonly string[] {
  return [
    'A badge beside a fact says how well it is known, and a footnote says from where. From most to least certain:',
    ...Object.entries(GRADES).map(([grade, { meaning }]) => `## ${capital(grade)}\n\n${meaning}`),
    '## What to do with them',
    'Rely on recorded and documented facts. Test the others against the service before you depend on them.',
  ];
}
