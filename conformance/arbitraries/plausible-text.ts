import type { Faker } from '@faker-js/faker';
// The English locale alone: all of them take 0.2 s to load.
import { faker } from '@faker-js/faker/locale/en';
import fc from 'fast-check';
import { uuidOfFormat, VERSIONED_UUIDS } from '../../contract/sample/uuid-format.js';
import { nameWords } from '../../contract/text/name-words.js';

/** Makes one plausible text of a kind. @param name - of the property */
type Write = (faker: Faker, name: string) => string;

/**
 * Formats of integers, which are texts where JSON cannot hold them, as in the JSON of Protocol Buffers.
 * @see the Format Registry of OpenAPI, `int64` and `uint64`
 */
const INTEGERS = ['int64', 'uint64'];

/** Digits that stand for nothing: a short number may name what others have. */
function digitsOf(format: string, faker: Faker): string {
  return String(
    faker.number.int({ min: 1_000_000_000, max: format === 'uint64' ? 9_007_199_254_740_991 : 4_000_000_000_000 }),
  );
}

/** Texts by JSON Schema `format`. Each value passes the format of that name. */
const BY_FORMAT: Readonly<Record<string, Write>> = {
  email: (faker) => faker.internet.email({ provider: 'example.com' }).toLowerCase(),
  'idn-email': (faker) => faker.internet.email({ provider: 'example.com' }).toLowerCase(),
  uri: (faker) => `https://${faker.internet.domainWord()}.example.com/${faker.lorem.slug(2)}`,
  'uri-reference': (faker) => `/${faker.lorem.slug(2)}`,
  iri: (faker) => `https://${faker.internet.domainWord()}.example.com/`,
  hostname: (faker) => `${faker.internet.domainWord().toLowerCase()}.example.com`,
  ipv4: (faker) => faker.internet.ipv4(),
  ipv6: (faker) => faker.internet.ipv6(),
  uuid: (faker) => faker.string.uuid(),
  ...Object.fromEntries(
    VERSIONED_UUIDS.map((format): [string, Write] => [format, (faker) => uuidOfFormat(format, faker.string.uuid())]),
  ),
  'date-time': (faker, name) => dateFor(name, faker).toISOString(),
  date: (faker, name) => dateFor(name, faker).toISOString().slice(0, 10),
  time: (faker, name) => `${dateFor(name, faker).toISOString().slice(11, 19)}Z`,
  duration: (faker) => `P${faker.number.int({ min: 1, max: 30 })}D`,
  password: (faker) => `${faker.internet.password({ length: 14 })}aA1!`,
  byte: (faker) => Buffer.from(faker.lorem.word()).toString('base64'),
  decimal: (faker) => faker.number.float({ min: 1, max: 99, fractionDigits: 1 }).toFixed(1),
  ...Object.fromEntries(INTEGERS.map((format): [string, Write] => [format, (faker) => digitsOf(format, faker)])),
  regex: () => '^[a-z]+$',
  'json-pointer': (faker) => `/${faker.lorem.word()}`,
};

/** Texts by the name of the property; the first match counts. */
const BY_NAME: readonly (readonly [RegExp, Write])[] = [
  [/e-?mail/i, (faker) => faker.internet.email({ provider: 'example.com' }).toLowerCase()],
  [/password|secret/i, (faker) => `${faker.internet.password({ length: 14 })}aA1!`],
  [/given|first.?name/i, (faker) => faker.person.firstName()],
  [/family|last.?name|surname/i, (faker) => faker.person.lastName()],
  [
    /nick|user.?name/i,
    (faker) =>
      faker.internet
        .username()
        .toLowerCase()
        .replace(/[^a-z0-9]/g, ''),
  ],
  [/phone/i, (faker) => `+1555${faker.string.numeric(7)}`],
  [/display.?name|title/i, (faker) => faker.company.name()],
  [/description|comment|note/i, (faker) => faker.company.catchPhrase()],
  [/url|uri|link|picture|logo|identifier|audience/i, (faker) => `https://${faker.internet.domainWord()}.example.com/`],
  [/colou?r|primary|background/i, (faker) => faker.color.rgb()],
  [/name/i, (faker) => faker.helpers.slugify(`${faker.commerce.department()} ${faker.person.jobType()}`).toLowerCase()],
];

/** Words in names of times that servers want to come. */
const TO_COME: ReadonlySet<string> = new Set(
  'expiry expires expire expiration exp until deadline due end ends stop'.split(' '),
);
const PAST = { from: '2020-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' };
/** Before 2038, when seconds in 32 bits end. */
const FUTURE = { from: '2030-01-01T00:00:00Z', to: '2037-01-01T00:00:00Z' };

function dateFor(name: string, faker: Faker): Date {
  return faker.date.between(isToCome(name) ? FUTURE : PAST);
}

function isToCome(name: string): boolean {
  const words = nameWords(name);
  return words.some((word) => TO_COME.has(word)) || /(valid to|not after)$/.test(words.join(' '));
}

/** Whether servers may refuse a time since it has passed: examples such as `expires_at: 2023-04-19` grow old. */
export function mayHavePassed(name: string, value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value) && value < FUTURE.from && isToCome(name);
}

/** Whether there are plausible texts of this format. */
export function hasFormat(format: string): boolean {
  return Object.hasOwn(BY_FORMAT, format);
}

/** Texts of a format for which `hasFormat` is true. @param name - of the property */
export function textOfFormat(format: string, name: string): fc.Arbitrary<string> {
  return written(name, BY_FORMAT[format] ?? ((faker) => faker.lorem.words(2)));
}

/** Texts that are plausible for a property of this name. */
export function textForName(name: string): fc.Arbitrary<string> {
  return written(
    name,
    BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? ((faker) => faker.lorem.words({ min: 1, max: 3 })),
  );
}

/** fast-check draws faker's seed, so that the seed of the run reproduces the texts. */
function written(name: string, write: Write): fc.Arbitrary<string> {
  return fc.nat({ max: 0xffff }).map((seed) => {
    faker.seed(seed);
    return write(faker, name);
  });
}
