import { decodeSegment } from '../../contract/http/percent-encoding.js';
/** Where the console is: `#/organization/org_1/user/auth0%7Cada?tab=1`, or `#/-/requests` for a tool. */
export interface Place {
  /** The resources and the keys of the item; the last one has no key on a list page. */
  readonly steps: readonly Step[];
  readonly tool: string | undefined;
  readonly tab: number;
}

export interface Step {
  readonly resource: string;
  readonly key: string | undefined;
}

export function placeOf(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const segments = path.split('/').map((segment) => decodeSegment(segment) ?? segment);
  const tab = Number(new URLSearchParams(query).get('tab') ?? 0);
  if (segments[0] === '-') return { steps: [], tool: segments[1] ?? '', tab };
  const steps: Step[] = [];
  for (let index = 0; index < segments.length; index += 2) {
    const resource = segments[index] ?? '';
    if (resource !== '') steps.push({ resource, key: segments[index + 1] });
  }
  return { steps, tool: undefined, tab };
}

export function hashOf(steps: readonly Step[], tab = 0): string {
  const path = steps
    .flatMap(({ resource, key }) => (key === undefined ? [resource] : [resource, key]))
    .map(encodeURIComponent)
    .join('/');
  return `#/${path}${tab === 0 ? '' : `?tab=${tab}`}`;
}
