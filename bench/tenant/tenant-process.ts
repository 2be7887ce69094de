/**
 * A separate process that serves the tenant, and sends its parent the URL and what to request. Arguments: how many users
 * to ask for by turns, and the folder where the tenant keeps its data, if it does.
 */
import { defaultContract } from '../../contract/load/default.js';
import type { Shot } from './load.js';
import { authorized, makeSubject } from './subject.js';

const [users = '1', folder] = process.argv.slice(2);
const data = folder === undefined ? {} : { data: { folder } };
const { tenant, path, paths } = await makeSubject(await defaultContract(), data, Number(users));
const { url } = await tenant.listen();
const shot: Shot = { url, path, paths, headers: await authorized(tenant) };
process.send?.(shot);
