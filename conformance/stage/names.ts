import type { Faker } from '@faker-js/faker';
// The English locale alone: all of them take 0.2 s to load.
import { faker } from '@faker-js/faker/locale/en';
import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import type { Contract, Schema } from '../../spec/contract/contract.js';

// A CommonJS module whose types say `default` where Node gives the function itself.
const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default;

/** Makes names that a person might give, each unlike any other and marked as ours. */
export interface Names {
  /**
   * A value for a property whose values must differ.
   * @param seed - the same seed gives the same name
   * @param suffix - the run's mark and what makes it unlike any other of this run
   */
  unique(property: string, schema: Schema, seed: number, suffix: string): string;
  /** Names for the items of a parent, such as permissions: `read:invoices`. Without the mark: the parent has it. */
  item(index: number, schema: Schema): string;
}

export function createNames(contract: Contract): Names {
  const ajv = new Ajv2020({ strict: false, logger: false });
  addFormats(ajv);
  const validators = new Map<Schema, ValidateFunction>();
  const fits = (schema: Schema, value: string) => {
    const validate = validators.get(schema) ?? ajv.compile(contract.standalone(schema));
    validators.set(schema, validate);
    return validate(value);
  };
  const choose = (schema: Schema, candidates: readonly string[]): string =>
    candidates.find((candidate) => fits(schema, candidate)) ?? candidates[0] ?? '';
  return {
    unique(property, schema, seed, suffix) {
      faker.seed(seed);
      return choose(schema, spellings(faker, property, suffix));
    },
    item(index, schema) {
      const verb = VERBS[index % VERBS.length] ?? 'read';
      const noun = NOUNS[Math.floor(index / VERBS.length) % NOUNS.length] ?? 'things';
      const round = Math.floor(index / (VERBS.length * NOUNS.length));
      const thing = round === 0 ? noun : `${noun}-${round + 1}`;
      return choose(schema, [`${verb}:${thing}`, `${verb}_${thing.replaceAll('-', '_')}`, `${verb}${index}`]);
    },
  };
}

const VERBS = ['read', 'create', 'update', 'delete'];
const NOUNS = ['tours', 'bookings', 'guides', 'invoices', 'reports', 'harbours', 'tickets', 'seasons'];

/** The same name in the ways in which schemas want them, the most human one first. */
function spellings(faker: Faker, property: string, mark: string): readonly string[] {
  const person = `${faker.person.firstName()} ${faker.person.lastName()}`;
  const place = faker.location.city();
  const job = faker.person.jobTitle();
  const slug = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '');
  const email = `${slug(person)}.${mark}@example.com`;
  const address = `https://${slug(place)}.example.com/${mark}`;
  const named = [`${job} (${mark})`, `${slug(place)}-${mark}`.slice(-50).replace(/^-/, ''), mark, address, email];
  if (/mail/i.test(property)) return [email, ...named];
  return /identifier|ur[il]|audience/i.test(property) ? [address, ...named] : named;
}
