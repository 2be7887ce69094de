import { matchesTemplate } from '../../conformance/judge/message-template.js';
import { responseFor } from '../../conformance/lookup/response-for.js';
import type { TargetResponse } from '../../conformance/target/exchange.js';
import { isObject } from '../../contract/pointer.js';
import { bodyView } from '../judge/declared.js';
import { partName, partOf } from '../judge/problem-of.js';
import { mediaType } from '../read/message.js';
import { namedByPath } from '../recorded/naming.js';
import type { PageWalk } from '../recorded/page-walk.js';
import type { RecordedResponse } from '../recorded/recording.js';
import { pathSides } from '../recorded/shown.js';
import { effectOf, isSuccess, type KnownStep, type Step } from '../recorded/step.js';
import { compareItem } from './compare-item.js';
import { type AnswerContext, ResourceComparison } from './compare-resource.js';
import { type Compared, WalkComparison } from './compare-walk.js';
import { type Difference, difference, distinct } from './difference.js';

/** Compares the answers of a target with the recorded ones; the pages of a walk as the one set that they are. */
export class AnswerComparison {
  readonly #context: AnswerContext;
  readonly #resources: ResourceComparison;
  readonly #walks: WalkComparison;

  constructor(context: AnswerContext, walks: ReadonlyMap<Step, PageWalk>) {
    this.#context = context;
    this.#resources = new ResourceComparison(context);
    this.#walks = new WalkComparison(context, this.#resources, walks);
  }

  /** A step that is not sent: its walk goes on without it. */
  skip(step: KnownStep): ReadonlyMap<KnownStep, Compared> {
    return isListing(step) ? this.#walks.drop(step) : new Map();
  }

  /** The steps that are settled by this answer: itself, or with the last page of a walk all of its pages. */
  compare(step: KnownStep, response: TargetResponse): ReadonlyMap<KnownStep, Compared> {
    const recorded = step.exchange.response;
    const form = this.#judgeForm(step, response);
    if (response.status !== recorded.status) {
      const found = [
        difference('status', recorded.status, response.status, 'it was recorded'),
        ...this.#codes(step, response),
      ];
      return new Map([...this.skip(step), [step, { response, differences: found }]]);
    }
    if (recorded.status >= 300) {
      return new Map([[step, { response, differences: distinct([...this.#compareRefusal(step, response), ...form]) }]]);
    }
    if (isListing(step)) return this.#walks.add(step, { response, differences: form });
    return new Map([[step, { response, differences: distinct([...this.#compareBody(step, response), ...form]) }]]);
  }

  /** Whether the answer keeps the contract, told only where the recorded one does. */
  #judgeForm(step: KnownStep, response: TargetResponse): readonly Difference[] {
    return this.#context.known.conform.response(step.match.operation, asRecorded(response));
  }

  /** The code of a refusal, to the letter. */
  #codes(step: KnownStep, response: TargetResponse): readonly Difference[] {
    const documented = responseFor(step.match.operation, response.status);
    const view = documented === undefined ? step.answer : this.#context.known.refusals.view(documented);
    const expected = partOf(step.answer, step.exchange.response.body, 'error-code');
    const actual = partOf(view, response.json, 'error-code');
    const name = partName(step.answer, 'error-code') ?? partName(view, 'error-code');
    // Of a cause that was never seen, the contract cannot tell a target what its code is.
    const isUnknown =
      documented !== undefined &&
      response.status === step.exchange.response.status &&
      this.#context.known.refusals.codesOf(documented, step.exchange.response.body) === undefined;
    return expected === actual || isUnknown
      ? []
      : [difference(`body/${name ?? ''}`, expected, actual, 'it was recorded')];
  }

  /** A refusal: its code to the letter, its message by the template of the problem that it is. */
  #compareRefusal(step: KnownStep, response: TargetResponse): readonly Difference[] {
    const { body } = step.exchange.response;
    if (this.#context.known.refusals.isCut(step.answer, body)) return [];
    const [problem] = step.problems;
    const told = partOf(step.answer, body, 'message');
    const message = partOf(step.answer, response.json, 'message');
    const fits = (text: string | undefined) =>
      problem?.message !== undefined && text !== undefined && matchesTemplate(problem.message, text);
    const place = `body/${partName(step.answer, 'message') ?? ''}`;
    const wrong =
      fits(told) && !fits(message) ? [difference(place, told, message, `it is the message of ${problem?.name}`)] : [];
    const reasons = [partOf(step.answer, body, 'reason'), partOf(step.answer, response.json, 'reason')] as const;
    const reason = `body/${partName(step.answer, 'reason') ?? ''}`;
    const phrase = reasons[0] === reasons[1] ? [] : [difference(reason, ...reasons, 'it was recorded')];
    return [...this.#codes(step, response), ...phrase, ...wrong];
  }

  #compareBody(step: KnownStep, response: TargetResponse): readonly Difference[] {
    const effect = effectOf(step);
    const { request, response: recorded } = step.exchange;
    if (!isObject(recorded.body) || !isObject(response.json)) return this.#compareBare(recorded, response);
    const place = { text: 'body', view: step.answer };
    const resource = effect?.on === 'resource' ? this.#context.known.contract.resources.get(effect.target) : undefined;
    if (resource !== undefined && effect?.kind !== 'delete') {
      const named = namedByPath(this.#context.known, step).find(({ side }) => side === resource.name);
      const entity = named?.properties
        .flatMap((property) => this.#context.assumptions.catalogue.all(resource.name, property, named.value))
        .at(-1);
      return this.#resources.one(resource, recorded.body, response.json, place, pathSides(step), entity);
    }
    const sent = request.body;
    const defaults = bodyView(this.#context.known.views, step.match.operation) ?? this.#context.known.views.nothing;
    const context = {
      ...this.#resources.context({}),
      defaults,
      ...(sent === undefined || effect !== undefined ? {} : { sent }),
    };
    return compareItem(context, recorded.body, response.json, place);
  }

  /** Bodies of which not both are objects: both are there, or neither is. */
  #compareBare({ body }: RecordedResponse, { json, text }: TargetResponse): readonly Difference[] {
    const actual = json ?? (text === '' ? undefined : text);
    const isThere = body !== undefined && body !== '';
    if (isThere === (actual !== undefined) && isObject(body) === isObject(actual)) return [];
    return [difference('body', body, actual, 'it was recorded')];
  }
}

/** An answer of a target in the form of a recorded one. */
export function asRecorded({ status, headers, text, json }: TargetResponse): RecordedResponse {
  const type = headers['content-type'];
  const body = json ?? (text === '' ? undefined : text);
  return {
    status,
    headers,
    ...(type === undefined ? {} : { contentType: mediaType(type) }),
    ...(body === undefined ? {} : { body }),
  };
}

/** A listing that was recorded as one: its pages are compared together. */
function isListing(step: KnownStep): boolean {
  return effectOf(step)?.kind === 'list' && isSuccess(step);
}
