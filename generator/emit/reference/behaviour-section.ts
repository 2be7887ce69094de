import type { Contract, Effect, Operation, Relation } from '../../../contract/contract.js';
import { inWords, listed, plural } from '../text/names.js';
import { bullets, code, section } from './markdown.js';

/** What happens beyond the request itself: related removals, eventual consistency, the end of a listing. */
export function behaviourSection(contract: Contract, { effect }: Operation): string {
  if (effect === undefined) return '';
  const items = [
    ...effectInWords(contract, effect),
    ...(effect.consistency === 'eventual' ? ['Eventually consistent: changes may appear with a delay.'] : []),
    ...effect.unknownSucceeds.map((side) => `An unknown ${inWords(side)} is not an error.`),
    ...(effect.next === 'until-empty' ? ['A listing by checkpoint ends with an empty page.'] : []),
    ...(effect.next === 'until-short' ? [`A listing by checkpoint ends with a page without ${code('next')}.`] : []),
  ];
  return items.length === 0 ? '' : section('Behaviour', bullets(items));
}

function effectInWords({ relations, resources }: Contract, effect: Effect): readonly string[] {
  if (effect.on === 'relation') {
    const relation = relations.get(effect.target);
    return relation === undefined ? [] : relationInWords(relations, relation, effect);
  }
  if (effect.on !== 'resource' || effect.kind !== 'delete') return [];
  const others = [...relations.values()]
    .filter(({ between }) => between.includes(effect.target))
    .flatMap(({ between }) => between.filter((side) => side !== effect.target));
  const owned = [...resources.values()].filter(({ refers }) =>
    refers.some(({ resource }) => resource === effect.target),
  );
  const links = [...new Set(others)].map(plural);
  const items = owned.map(({ name }) => plural(name));
  return [
    ...(links.length === 0 ? [] : [`Also removes its links with ${listed(links)}.`]),
    ...(items.length === 0 ? [] : [`Also deletes the ${listed(items)} that belong to it.`]),
  ];
}

function relationInWords(
  relations: Contract['relations'],
  { between, follows, shows }: Relation,
  { kind, of }: Effect,
): readonly string[] {
  const fixed = between.filter((side) => side in of);
  const others = between.filter((side) => !(side in of));
  const cause = follows === undefined ? undefined : relations.get(follows);
  return [
    ...(kind === 'add' && fixed.length > 0
      ? [`The ${plural(others[0] ?? '')} in the request are added to those that are there already.`]
      : []),
    ...(cause === undefined
      ? []
      : [
          `Removing the ${inWords(cause.between.at(-1) ?? '')} from the ${inWords(cause.between[0] ?? '')} removes this, too.`,
        ]),
    ...(kind === 'list' ? shows.map((chain) => throughOthers(relations, chain)) : []),
  ];
}

/** A chain of relations leads from one side to another: its inner sides are the way. */
function throughOthers(relations: Contract['relations'], chain: readonly string[]): string {
  const sides = chain.flatMap((name) => relations.get(name)?.between ?? []);
  const inner = [...new Set(sides.filter((side, index) => sides.indexOf(side) !== index))];
  return `Also lists what comes through ${listed(inner.map(plural))}.`;
}
