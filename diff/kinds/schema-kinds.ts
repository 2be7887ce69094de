import { breaking, minor, patch } from './kind.js';

/**
 * Changes of schemas. A request is contravariant: what takes less breaks those who send it. An answer is covariant:
 * what gives more than was promised breaks those who read it. In two points practice is kinder than theory: a property
 * may be added to an answer, and an answer may be opened to properties that are not named, because readers skip what
 * they do not know. In one it is stricter: a property that a request no longer knows breaks even where unknown ones are
 * let through, because it has stopped doing what it did.
 */
export const SCHEMA_KINDS = {
  'request-type-narrowed': breaking.requests('values of the type that is gone are refused'),
  'request-type-widened': minor.requests('what was sent until now still fits'),
  'request-type-changed': breaking.requests('values of the old type are refused'),
  'request-enum-values-removed': breaking.requests('requests with these values are refused'),
  'request-enum-values-added': minor.requests('the values known until now still fit'),
  'request-constraint-tightened': breaking.requests('requests that fitted until now are refused'),
  'request-constraint-loosened': minor.requests('every request that fitted still fits'),
  'request-constraint-changed': breaking.requests('requests that fitted until now may be refused'),
  'request-alternative-removed': breaking.requests('requests of this form are refused'),
  'request-alternative-added': minor.requests('the forms known until now still fit'),
  'request-discriminator-changed': breaking.requests('requests of the old form are taken for another one'),
  'request-discriminator-value-added': minor.requests('the values known until now still fit'),
  'request-property-added': minor.requests('nobody has to send it'),
  'request-required-property-added': breaking.requests('requests without it are refused'),
  'request-property-removed': breaking.requests('who sends it is refused, or no longer gets what it asked for'),
  'request-property-became-required': breaking.requests('requests without it are refused'),
  'request-property-became-optional': minor.requests('requests that send it still fit'),
  'request-closed': breaking.requests('requests with properties that are not named are refused'),
  'request-opened': minor.requests('every request that fitted still fits'),
  'request-default-changed': breaking.requests('requests that leave it out get something else'),
  'request-default-removed': breaking.requests('requests that leave it out no longer know what they get'),
  'request-default-added': minor.requests('it says what requests that leave it out get'),

  'response-type-narrowed': minor.answers('readers are ready for all that still comes'),
  'response-type-widened': breaking.answers('readers meet a type that they do not expect'),
  'response-type-changed': breaking.answers('readers meet a type that they do not expect'),
  'response-enum-values-removed': minor.answers('readers are ready for all that still comes'),
  'response-enum-values-added': breaking.answers('readers that tell every value apart meet one that they do not know'),
  'response-constraint-tightened': minor.answers('readers are ready for all that still comes'),
  'response-constraint-loosened': breaking.answers('readers meet values that they were promised not to get'),
  'response-constraint-changed': breaking.answers('readers may meet values that they were promised not to get'),
  'response-alternative-removed': minor.answers('readers are ready for all that still comes'),
  'response-alternative-added': breaking.answers('readers that tell every form apart meet one that they do not know'),
  'response-discriminator-changed': breaking.answers('readers that tell the forms apart take one for another'),
  'response-discriminator-value-added': breaking.answers(
    'readers that tell the forms apart meet a value that they do not know',
  ),
  'response-property-added': minor.answers('readers skip what they do not know'),
  'response-property-removed': breaking.answers('readers of it find nothing'),
  'response-property-became-required': minor.answers('readers get it more often than before'),
  'response-property-became-optional': breaking.answers('readers that count on it may find nothing'),
  'response-closed': minor.answers('readers are ready for all that still comes'),
  'response-opened': minor.answers('readers skip what they do not know'),

  'schema-described': patch.both('words changed, behaviour did not'),
  'schema-deprecated': minor.both('it still works, and callers should leave it'),
  'schema-undeprecated': patch.both('callers may keep it'),
  'value-needs-scope': breaking.answers('readers whose token lacks the scope do not get it'),
  'value-role-changed': minor.answers('where the value comes from changed, its form did not'),
} as const;
