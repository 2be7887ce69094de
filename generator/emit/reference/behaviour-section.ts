import type { Contract, Effect, Operation, Relation } from '../../../contract/contract.js';
import { bullets, code, section } from './markdown.js';

/** What happens beyond the request itself: related removals, eventual consistency, the end of a listing. */
export function behaviourSection(contract: Contract, { effect }: Operation): string {
  if (effect === undefined) return '';
  const items = [
    ...effectInWords(contract, effect),
    ...(effect.consistency === 'eventual' ? ['Eventually consistent: changes may appear with a delay.'] : []),
    ...effect.unknownSucceeds.map((side) => `An unknown ${side.replaceAll('-', ' ')} is not an error.`),
    ...(effect.next === 'until-empty' ? ['A listing by checkpoint ends with an empty page.'] : []),
    ...(effect.next === 'until-short' ? ['A listing by checkpoint ends with a page without `next`.'] : []),
  ];
  return items.length === 0 ? '' : section('Behaviour', bullets(items));
}

function effectInWords({ relations, resources }: Contract, effect: Effect): readonly string[] {
  if (effect.on === 'relation') {
    const relation = relations.get(effect.target);
    return relation === undefined ? [] : relationInWords(relation, effect);
  }
  if (effect.on !== 'resource' || effect.kind !== 'delete') return [];
  const tuples = [...relations.values()].filter(({ between }) => between.includes(effect.target));
  const owned = [...resources.values()].filter(({ refers }) =>
    refers.some(({ resource }) => resource === effect.target),
  );
  const removed = [...tuples, ...owned].map(({ name }) => code(name));
  return removed.length === 0 ? [] : [`Also removes the ${removed.join(', ')} that refer to it.`];
}

function relationInWords({ name, between, follows, shows }: Relation, { kind }: Effect): readonly string[] {
  const sides = between.map((side) => side.replaceAll('-', ' '));
  const what = `${code(name)}, between ${sides.slice(0, -1).join(', ')} and ${sides.at(-1)}`;
  const verbs: Readonly<Record<string, string>> = { add: 'Adds to', remove: 'Removes from', list: 'Lists' };
  const verb = verbs[kind];
  return [
    ...(verb === undefined ? [] : [`${verb} ${what}.`]),
    ...(follows === undefined ? [] : [`Depends on ${code(follows)}: entries removed there are removed here, too.`]),
    ...(kind === 'list'
      ? shows.map((chain) => `Includes entries reached through ${chain.map(code).join(' and ')}.`)
      : []),
  ];
}
