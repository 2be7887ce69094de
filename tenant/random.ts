import { randomInt } from 'node:crypto';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
// biome-ignore lint/style/noRestrictedImports: a folder of a package, not our generator/
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** An integer from 0 up to but not including `below`. */
export interface Random {
  (below: number): number;
  /** Draws the same numbers as this one from now on. Undefined if they are not reproducible. */
  fork?(): Random;
}

/** Reproducible numbers for a seed, cryptographically secure ones without. */
export function randomFrom(seed: number | undefined): Random {
  if (seed === undefined) return (below) => randomInt(below);
  return drawFrom(xoroshiro128plus(seed));
}

function drawFrom(generator: ReturnType<typeof xoroshiro128plus>): Random {
  const draw = (below: number): number => uniformInt(generator, 0, below - 1);
  return Object.assign(draw, { fork: () => drawFrom(generator.clone()) });
}

const ALPHABETS: Readonly<Record<string, string>> = {
  alnum: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  hex: '0123456789abcdef',
  digit: '0123456789',
};

export function randomText(alphabet: keyof typeof ALPHABETS, length: number, random: Random): string {
  const letters = ALPHABETS[alphabet] ?? '';
  let text = '';
  for (let index = 0; index < length; index += 1) text += letters[random(letters.length)];
  return text;
}

const PLACEHOLDER = /\{(alnum|hex|digit):([0-9]+)\}/g;

export interface IdTemplate {
  readonly prefix: string;
  /** Each placeholder with the text after it. */
  readonly parts: readonly IdPart[];
}

interface IdPart {
  readonly alphabet: string;
  readonly length: number;
  readonly after: string;
}

const templates = new Map<string, IdTemplate>();

/** A random id for a template such as `rol_{alnum:16}`. */
export function idFrom(template: string, random: Random): string {
  const { prefix, parts } = idTemplate(template);
  let id = prefix;
  for (const { alphabet, length, after } of parts) id += randomText(alphabet, length, random) + after;
  // A path may take it for a number, which has no zero in front.
  return parts.length === 1 && /^0\d+$/.test(id) ? `${1 + random(9)}${id.slice(1)}` : id;
}

export function idTemplate(text: string): IdTemplate {
  return templates.get(text) ?? readTemplate(text);
}

/** The letters of an alphabet that a template names. */
export function lettersOf(alphabet: string): string {
  return ALPHABETS[alphabet] ?? '';
}

/** A contract has few templates, and ids are made for every item of a state. */
function readTemplate(text: string): IdTemplate {
  const [prefix = '', ...rest] = text.split(PLACEHOLDER);
  const parts = Array.from({ length: rest.length / 3 }, (_, index) => {
    const [alphabet = '', length = '', after = ''] = rest.slice(index * 3, index * 3 + 3);
    return { alphabet, length: Number(length), after };
  });
  const template = { prefix, parts };
  templates.set(text, template);
  return template;
}
