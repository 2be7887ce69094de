import type { Contract, Effect, Operation, Relation } from '../../../contract/contract.js';
import { bullets, code, section } from './markdown.js';

/** What the contract knows beyond the request itself: what goes along, what shows later, how a listing ends. */
export function behaviourSection(contract: Contract, { effect }: Operation): string {
  if (effect === undefined) return '';
  const items = [
    ...effectInWords(contract, effect),
    ...(effect.consistency === 'eventual' ? ['What was written may show only after a while.'] : []),
    ...effect.unknownSucceeds.map((side) => `An unknown ${side.replaceAll('-', ' ')} is no error.`),
    ...(effect.next === 'until-empty' ? ['A listing by checkpoint is at its end with an empty page.'] : []),
    ...(effect.next === 'until-short' ? ['A listing by checkpoint is at its end with a page that has no `next`.'] : []),
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
  const gone = [...tuples, ...owned].map(({ name }) => code(name));
  return gone.length === 0 ? [] : [`With it go the ${gone.join(', ')} that name it.`];
}

function relationInWords({ name, between, follows, shows }: Relation, { kind }: Effect): readonly string[] {
  const sides = between.map((side) => side.replaceAll('-', ' '));
  const what = `${code(name)}, between ${sides.slice(0, -1).join(', ')} and ${sides.at(-1)}`;
  const verbs: Readonly<Record<string, string>> = { add: 'Adds to', remove: 'Removes from', list: 'Lists' };
  const verb = verbs[kind];
  return [
    ...(verb === undefined ? [] : [`${verb} ${what}.`]),
    ...(follows === undefined ? [] : [`It goes with ${code(follows)}: what is removed there is removed here.`]),
    ...(kind === 'list' ? shows.map((chain) => `It also shows what ${chain.map(code).join(' and ')} lead to.`) : []),
  ];
}
