import { conformance } from './vitest.js';

/** The embedded tenant keeps the contract: the whole plan, as anybody else would run it in a project of their own. */
conformance({ seed: 20261122 });
