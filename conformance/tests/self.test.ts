import { conformance } from '../vitest.js';

/** The embedded tenant conforms: the whole plan, run as in any other project. */
conformance({ seed: 20261122 });
