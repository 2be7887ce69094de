import type { Contract } from '../../../contract/contract.js';
import { type GuideName, guidePath, hasEvidence, PageContext, type PageSet } from '../pages/page-context.js';
import type { Page, PageJob } from '../pages/page-job.js';
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
  /** What it is about, for the list of guides. */
  readonly about: string;
  /** Whether the contract has the facts. */
  readonly applies: (contract: Contract) => boolean;
  /** The parts of the page below its title. */
  readonly write: (context: PageContext) => readonly string[];
}

const GUIDES: Readonly<Record<GuideName, Guide>> = {
  authentication: {
    title: 'Authentication and first call',
    about: 'from nothing to a first successful request',
    applies: ({ operations }) => operations.some(({ security }) => security.length > 0),
    write: authenticationGuide,
  },
  scopes: {
    title: 'Scopes',
    about: 'which operation needs what, and the fewest scopes for a set of calls',
    applies: ({ operations }) => operations.some(({ security }) => security.some(({ scopes }) => scopes.length > 0)),
    write: scopesGuide,
  },
  errors: {
    title: 'Errors',
    about: 'what an error looks like, and every error with what to do',
    applies: ({ operations }) =>
      operations.some(({ responses }) => responses.some(({ status }) => /^[45]/.test(status))),
    write: errorsGuide,
  },
  paging: {
    title: 'Paging',
    about: 'how to read long lists, and how far pages reach',
    applies: ({ operations }) => operations.some(isPaged),
    write: pagingGuide,
  },
  'rate-limits': {
    title: 'Rate limits',
    about: 'how many requests each plan allows, and what to do when they are used up',
    applies: ({ rateLimit }) => rateLimit !== undefined,
    write: rateLimitsGuide,
  },
  grades: {
    title: 'How certain a fact is',
    about: 'what the grades beside facts mean',
    applies: ({ document }) => hasEvidence(document),
    write: gradesGuide,
  },
};

/** The guides that a contract has the facts for, with their titles. */
export function guidesOf(contract: Contract): PageSet['guides'] {
  const entries = Object.entries(GUIDES) as [GuideName, Guide][]; // the keys of a literal
  return new Map(
    entries.flatMap(([name, { title, about, applies }]) =>
      applies(contract) ? [[name, { title, about }] as const] : [],
    ),
  );
}

/** The pages about a topic of the whole contract. */
export function guideJobs(set: PageSet): readonly PageJob[] {
  return [...set.guides].map(([name, { title }]) => ({ emit: () => guidePage(set, name, title) }));
}

function guidePage(set: PageSet, name: GuideName, title: string): Page {
  const path = guidePath(name);
  const context = new PageContext(set, path);
  const parts = GUIDES[name].write(context);
  const text = pageHeader + page([`# ${title}`, ...parts, sourcesSection(context)]);
  return { path, text, titles: context.titles };
}
