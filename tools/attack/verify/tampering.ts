import type { Passing } from '../../../conformance/test-support/forward.js';

/** A sound answer, and the one that a target gives instead. */
export interface Sound {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Tampering {
  change(sound: Sound, count: number): Sound;
  /** The answers still keep the contract: such a target may conform, and nothing else may be wrong with its run. */
  readonly keepsContract?: boolean;
  /** Path and query, and body, as the sound target gets them: a target knows the ids and cursors that it gave. */
  readonly own?: (passing: Passing) => Passing;
}

/** Changes every text of a JSON body. */
function texts(change: (text: string, name: string) => string): Tampering['change'] {
  const changed = (value: unknown, name = ''): unknown => {
    if (typeof value === 'string') return change(value, name);
    if (Array.isArray(value)) return value.map((item) => changed(item, name));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, changed(inner, key)]));
  };
  return (sound) => {
    if (!sound.body.startsWith('{') && !sound.body.startsWith('[')) return sound;
    return { ...sound, body: JSON.stringify(changed(JSON.parse(sound.body))) };
  };
}

const isId = (name: string): boolean => /(^|_)id$/.test(name);
/**
 * Ids with a text after them. The contract lets a target choose its ids, so these alone break nothing: the target also
 * refuses to remove what has them. So they stay, and every output has to name them.
 */
const idsWith = (affix: string): Tampering => {
  const change = texts((text, name) => (isId(name) ? text + affix : text));
  const inJson = JSON.stringify(affix).slice(1, -1);
  return {
    own: ({ path, body, ...passing }) => ({
      ...passing,
      path: path.replaceAll(encodeURIComponent(affix), ''),
      body: body.replaceAll(inJson, ''),
    }),
    change: (sound, count) => refusing('DELETE', change(sound, count)),
  };
};
/** Was done, and is answered with a refusal. */
const refusing = (method: string, sound: Sound): Sound =>
  sound.method === method ? { ...sound, status: 403, body: '{}' } : sound;
/** Of a page: where the next one begins, for ever. */
const CURSOR = 'again';

/** What a target does to the answers of a sound one. */
export const TAMPERINGS: Readonly<Record<string, Tampering>> = {
  'ids that a shell would run': idsWith(`'; echo "$(id)" \`id\` #`),
  'ids of workflow commands': idsWith('\n::error::planted\u001b[2J##[error]'),
  'ids of paths': idsWith('/../..'),
  'ids of 1,000 characters': idsWith('x'.repeat(1_000)),
  'ids of Markdown and XML': idsWith('|![x](https://images.invalid/) <b>]]>'),
  'names of Markdown': {
    change: texts((text, name) => (name === 'name' ? `${text}|![x](https://images.invalid/) <b>]]>` : text)),
  },
  'texts that are numbers': {
    change: (sound) => ({ ...sound, body: sound.body.replaceAll(/"(name|description)":"[^"]*"/g, '"$1":7') }),
  },
  'totals that are too large': {
    change: (sound) => ({ ...sound, body: sound.body.replace(/"total":\d+/, '"total":1000000') }),
  },
  'cursors that never end': {
    // There is no such cursor: the first page begins again.
    own: ({ path, ...passing }) => ({ ...passing, path: path.replace(new RegExp(`([?&])from=${CURSOR}&?`), '$1') }),
    change: (sound) =>
      sound.method === 'GET' && /[?&]take=/.test(sound.url) && sound.body.startsWith('{')
        ? { ...sound, body: JSON.stringify({ ...JSON.parse(sound.body), next: CURSOR }) }
        : sound,
  },
  'writes that fail after they were done': {
    change: (sound) =>
      sound.method === 'POST' && !sound.url.startsWith('/oauth') ? { ...sound, status: 500, body: '{}' } : sound,
  },
  'removals that are refused after they were done': {
    change: (sound) => refusing('DELETE', sound),
  },
  'every third answer 503': {
    change: (sound, count) => (count % 3 === 0 ? { ...sound, status: 503, body: '' } : sound),
  },
  'tokens that have expired': {
    change: (sound) =>
      sound.url.startsWith('/oauth')
        ? { ...sound, body: '{"access_token":"a.b.c","token_type":"Bearer","expires_in":-5}' }
        : sound,
  },
  'secrets that are ids and names': {
    change: (sound) => {
      if (sound.method === 'DELETE') return refusing('DELETE', sound);
      if (!sound.body.startsWith('{')) return sound;
      const body = JSON.parse(sound.body) as Readonly<Record<string, unknown>>;
      const texts = Object.values(body).filter((value) => typeof value === 'string');
      return { ...sound, body: JSON.stringify({ client_secret: texts, ...body }) };
    },
  },
  'ids that are numbers': {
    change: texts((text, name) => (isId(name) ? '7' : text)),
  },
  'ids that are empty': {
    change: texts((text, name) => (isId(name) ? '' : text)),
  },
  'ids that are dots': {
    change: texts((text, name) => (isId(name) ? '..' : text)),
  },
  'another charset': {
    change: (sound) => ({
      ...sound,
      headers: { ...sound.headers, 'content-type': 'application/json; charset=iso-8859-1' },
    }),
  },
  'secrets that are our words': {
    keepsContract: true,
    change: texts((text, name) => (name === 'client_secret' ? 'violates' : text)),
  },
};
