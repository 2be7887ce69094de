import type { Contract } from '../../../contract/contract.js';
import type { GeneratedFile } from '../generated-file.js';
import { type GuideName, guidePath, hasEvidence, PageContext, type PageSet } from '../pages/page-context.js';
import { page } from '../reference/markdown.js';
import { sourcesSection } from '../reference/sources-section.js';
import { pageHeader } from '../text/comment.js';
import { authenticationGuide } from './authentication.js';
import { errorsGuide } from './errors.js';
import { gradesGuide } from './grades.js';
import { isPaged, pagingGuide } from './paging.js';
import { rateLimitsGuide } from './rate-limits.js';
import { scopesGuide } from './scopes.js';

interface Guide {
  readonly title: string;
  /** Whether the contract has the facts. */
  readonly applies: (contract: Contract) => boolean;
  /** The parts of the page below its title. */
  readonly write: (context: PageContext) => readonly string[];
}

const GUIDES: Readonly<Record<GuideName, Guide>> = {
  authentication: {
    title: 'Authentication and first call',
    applies: ({ operations }) => operations.some(({ security }) => security.length > 0),
    write: authenticationGuide,
  },
  scopes: {
    title: 'Scopes',
    applies: ({ operations }) => operations.some(({ security }) => security.some(({ scopes }) => scopes.length > 0)),
    write: scopesGuide,
  },
  errors: {
    title: 'Errors',
    applies: ({ operations }) =>
      operations.some(({ responses }) => responses.some(({ status }) => /^[45]/.test(status))),
    write: errorsGuide,
  },
  paging: { title: 'Paging', applies: ({ operations }) => operations.some(isPaged), write: pagingGuide },
  'rate-limits': {
    title: 'Rate limits',
    applies: ({ rateLimit }) => rateLimit !== undefined,
    write: rateLimitsGuide,
  },
  grades: {
    title: 'How certain a fact is',
    applies: ({ document }) => hasEvidence(document),
    write: gradesGuide,
  },
};

/** The guides that a contract has the facts for, with their titles. */
export function guidesOf(contract: Contract): PageSet['guides'] {
  const entries = Object.entries(GUIDES) as [GuideName, Guide][]; // the keys of a literal
  return new Map(entries.flatMap(([name, { title, applies }]) => (applies(contract) ? [[name, title] as const] : [])));
}

/** The pages about a topic of the whole contract. */
export function guidePages(set: PageSet): readonly GeneratedFile[] {
  return [...set.guides].map(([name, title]) => {
    const path = guidePath(name);
    const context = new PageContext(set, path);
    const parts = GUIDES[name].write(context);
    return { path, text: pageHeader + page([`# ${title}`, ...parts, sourcesSection(context)]) };
  });
}
