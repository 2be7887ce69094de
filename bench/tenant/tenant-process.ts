/** A process of its own that serves the tenant, and tells its parent where and what to ask. */
import { defaultContract } from '../../contract/load/default.js';
import type { Shot } from './load.js';
import { authorized, makeSubject } from './subject.js';

const { tenant, path } = await makeSubject(await defaultContract());
const { url } = await tenant.listen();
const shot: Shot = { url, path, headers: await authorized(tenant) };
process.send?.(shot);
