/** A separate process that serves the tenant, and sends its parent the URL and what to request. */
import { defaultContract } from '../../contract/load/default.js';
import type { Shot } from './load.js';
import { authorized, makeSubject } from './subject.js';

const { tenant, path } = await makeSubject(await defaultContract());
const { url } = await tenant.listen();
const shot: Shot = { url, path, headers: await authorized(tenant) };
process.send?.(shot);
