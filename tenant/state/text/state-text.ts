import type { Contract, Json } from '../../../contract/contract.js';
import type { Validators } from '../../input/validator.js';
import type { Provider } from '../../provider.js';
import type { ItemBuilders } from '../../routing/endpoint.js';
import { itemPropertiesOf, stateKeyOf } from '../item-schema.js';
import { type ItemShape, itemShape } from './item-shape.js';
import { TextLists } from './text-lists.js';

export interface StateTextContext {
  readonly contract: Contract;
  readonly provider: Pick<Provider, 'impliedProperties' | 'stateChecks'>;
  readonly itemBuilders: ItemBuilders;
  readonly validators: Validators;
}

/** The bytes of a large state file, of which only what is needed is parsed. */
export class StateText {
  readonly #bytes: Buffer;
  readonly #parse: () => Promise<Json>;
  readonly #shortest: number | undefined;

  /**
   * @param parse - parses the whole text, or reports why it cannot be
   * @param shortest - the least length of a list that stays text, in bytes
   */
  constructor(bytes: Buffer, parse: () => Promise<Json>, shortest?: number) {
    this.#bytes = bytes;
    this.#parse = parse;
    this.#shortest = shortest;
  }

  /** The whole state. @throws TenantError if it is neither JSON nor YAML, with line and column */
  value(): Promise<Json> {
    return this.#parse();
  }

  /**
   * The state with the lists that can stay text. Where the text has a problem, it is parsed as a whole, so that the problem
   * is reported as in any state.
   *
   * @throws TenantError if it is neither JSON nor YAML, with line and column
   */
  async read(context: StateTextContext): Promise<Json | TextLists> {
    return TextLists.read(this.#bytes, (list) => shapeOf(list, context), this.#shortest) ?? this.#parse();
  }
}

function shapeOf(list: string, context: StateTextContext): ItemShape | undefined {
  const { contract, itemBuilders } = context;
  const resource = [...contract.resources.values()].find(({ name }) => stateKeyOf(contract, name) === list);
  const builder = resource === undefined ? undefined : itemBuilders.get(resource.name);
  if (resource === undefined || builder === undefined) return undefined;
  return itemShape(resource, builder, itemPropertiesOf(contract, resource, builder), context);
}
