import { breaking, minor, patch } from './kind.js';

/**
 * Changes of schemas. Requests are contravariant: accepting fewer values breaks callers. Answers are covariant:
 * returning more values than before breaks callers. Two rules are more lenient: adding a property to an answer and
 * allowing undeclared properties there do not break, because callers skip what they do not know. One is stricter:
 * removing a request property breaks even where unknown properties are accepted, because it no longer has an effect.
 */
export const SCHEMA_KINDS = {
  'request-type-narrowed': breaking.requests('values of the removed type are refused'),
  'request-type-widened': minor.requests('values that were valid still are'),
  'request-type-changed': breaking.requests('values of the old type are refused'),
  'request-enum-values-removed': breaking.requests('requests with these values are refused'),
  'request-enum-values-added': minor.requests('the existing values are still valid'),
  'request-constraint-tightened': breaking.requests('requests that were valid are refused'),
  'request-constraint-loosened': minor.requests('requests that were valid still are'),
  'request-constraint-changed': breaking.requests('requests that were valid may be refused'),
  'request-alternative-removed': breaking.requests('requests of this form are refused'),
  'request-alternative-added': minor.requests('the existing forms are still valid'),
  'request-discriminator-changed': breaking.requests('requests of the old form are read as another form'),
  'request-discriminator-value-added': minor.requests('the existing values are still valid'),
  'request-property-added': minor.requests('callers can leave it out'),
  'request-required-property-added': breaking.requests('requests without it are refused'),
  'request-property-removed': breaking.requests('requests that send it are refused, or it no longer has an effect'),
  'request-property-became-required': breaking.requests('requests without it are refused'),
  'request-property-became-optional': minor.requests('requests that send it are still valid'),
  'request-closed': breaking.requests('requests with undeclared properties are refused'),
  'request-opened': minor.requests('requests that were valid still are'),
  'request-default-changed': breaking.requests('requests that leave it out get another value'),
  'request-default-removed': breaking.requests('requests that leave it out get an unspecified value'),
  'request-default-added': minor.requests('the contract now says which value requests that leave it out get'),

  'response-type-narrowed': minor.answers('callers already handle every value that remains'),
  'response-type-widened': breaking.answers('callers can receive a type they do not expect'),
  'response-type-changed': breaking.answers('callers receive a type they do not expect'),
  'response-enum-values-removed': minor.answers('callers already handle every value that remains'),
  'response-enum-values-added': breaking.answers('callers that handle each value can receive an unknown one'),
  'response-constraint-tightened': minor.answers('callers already handle every value that remains'),
  'response-constraint-loosened': breaking.answers('callers can receive values that the old contract ruled out'),
  'response-constraint-changed': breaking.answers('callers may receive values that the old contract ruled out'),
  'response-alternative-removed': minor.answers('callers already handle every form that remains'),
  'response-alternative-added': breaking.answers('callers that handle each form can receive an unknown one'),
  'response-discriminator-changed': breaking.answers('callers that distinguish the forms confuse one with another'),
  'response-discriminator-value-added': breaking.answers(
    'callers that distinguish the forms can receive an unknown value',
  ),
  'response-property-added': minor.answers('callers skip what they do not know'),
  'response-property-removed': breaking.answers('callers that read it find nothing'),
  'response-property-became-required': minor.answers('callers now always receive it'),
  'response-property-became-optional': breaking.answers('callers that rely on it may find nothing'),
  'response-closed': minor.answers('callers already handle every value that remains'),
  'response-opened': minor.answers('callers skip what they do not know'),

  'schema-described': patch.both('only the wording changed'),
  'schema-deprecated': minor.both('it still works, but callers should move away from it'),
  'schema-undeprecated': patch.both('callers can keep using it'),
  'value-needs-scope': breaking.answers('callers whose token lacks the scope do not receive it'),
  'value-role-changed': minor.answers('the source of the value changed, its form did not'),
} as const;
