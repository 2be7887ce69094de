import { matchesTemplate } from '../../conformance/judge/message-template.js';
import { responseFor } from '../../conformance/lookup/response-for.js';
import type { TargetResponse } from '../../conformance/target/exchange.js';
import { bareMediaType } from '../../contract/http/media-type.js';
import { isObject } from '../../contract/pointer.js';
import { bodyView } from '../judge/declared.js';
import { partName, partOf } from '../judge/problem-of.js';

import { pathSides } from '../recorded/answer-items.js';
import { withNumbers } from '../recorded/numbered-text.js';
import type { PageWalk } from '../recorded/page-walk.js';
import type { RecordedResponse } from '../recorded/recording.js';
import { referencesInPath, tuplesOf } from '../recorded/references.js';
import { effectOf, isSuccess, type RoutedStep, type Step } from '../recorded/step.js';
import { compareItem } from './compare-item.js';
import { type AnswerContext, ResourceComparison } from './compare-resource.js';
import { type Compared, WalkComparison } from './compare-walk.js';
import { type Difference, difference, distinct } from './difference.js';

/** Compares the answers of a target with the recorded ones; the pages of a listing as one set. */
export class AnswerComparison {
  readonly #context: AnswerContext;
  readonly #resources: ResourceComparison;
  readonly #walks: WalkComparison;

  constructor(context: AnswerContext, walks: ReadonlyMap<Step, PageWalk>) {
    this.#context = context;
    this.#resources = new ResourceComparison(context);
    this.#walks = new WalkComparison(context, this.#resources, walks);
  }

  /** Skips a step that is not sent. Returns the pages that this settles. */
  skip(step: RoutedStep): ReadonlyMap<RoutedStep, Compared> {
    return isListing(step) ? this.#walks.drop(step) : new Map();
  }

  /** The steps that this answer settles: its own, or with the last page of a walk all its pages. */
  compare(step: RoutedStep, response: TargetResponse): ReadonlyMap<RoutedStep, Compared> {
    const recorded = step.exchange.response;
    const form = this.#judgeForm(step, response);
    if (response.status !== recorded.status && this.#isLate(step, response)) {
      return new Map([[step, { response, differences: form }]]);
    }
    if (response.status !== recorded.status && !this.#isOtherSuccess(step, response)) {
      const found = [
        difference('status', recorded.status, response.status, 'as recorded'),
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

  /** Whether the recorded answer still shows what was deleted before: such a read may lag. */
  #isLate(step: RoutedStep, { status }: TargetResponse): boolean {
    const effect = effectOf(step);
    if (effect?.kind !== 'read' || effect.consistency !== 'eventual' || !isSuccess(step) || status < 400) return false;
    const { known, tracker, assumptions } = this.#context;
    const { index } = step.exchange;
    const isDeleted = referencesInPath(known, step).some(({ resource, properties, value }) =>
      properties
        .flatMap((property) => assumptions.catalogue.all(resource, property, value))
        .some(({ deletedAt }) => deletedAt !== undefined && deletedAt < index),
    );
    return isDeleted || tuplesOf(known, step).some((tuple) => !tracker.has(tuple));
  }

  /** Whether the answer is another documented success: the service may give either. */
  #isOtherSuccess({ match, exchange }: RoutedStep, { status }: TargetResponse): boolean {
    const documented = [status, exchange.response.status].map((each) => responseFor(match.operation, each));
    return status < 300 && exchange.response.status < 300 && documented.every((response) => response !== undefined);
  }

  /** The violations of the contract in the answer. */
  #judgeForm(step: RoutedStep, response: TargetResponse): readonly Difference[] {
    return this.#context.known.conform.response(step.match.operation, asRecorded(response));
  }

  /** Compares the code of a refusal exactly. */
  #codes(step: RoutedStep, response: TargetResponse): readonly Difference[] {
    const documented = responseFor(step.match.operation, response.status);
    const view = documented === undefined ? step.answer : this.#context.known.refusals.view(documented);
    const expected = partOf(step.answer, step.exchange.response.body, 'error-code');
    const actual = partOf(view, response.json, 'error-code');
    const name = partName(step.answer, 'error-code') ?? partName(view, 'error-code');
    // The contract does not know the code of a cause that was never observed.
    const isUnknown =
      documented !== undefined &&
      response.status === step.exchange.response.status &&
      this.#context.known.refusals.codesOf(documented, step.exchange.response.body) === undefined;
    return expected === actual || isUnknown ? [] : [difference(`body/${name ?? ''}`, expected, actual, 'as recorded')];
  }

  /** Compares a refusal: its code exactly, its message by the template of its problem. */
  #compareRefusal(step: RoutedStep, response: TargetResponse): readonly Difference[] {
    const { body } = step.exchange.response;
    if (this.#context.known.refusals.isStripped(step.answer, body)) return [];
    const [problem] = step.problems;
    const recordedMessage = partOf(step.answer, body, 'message');
    const message = partOf(step.answer, response.json, 'message');
    const fits = (text: string | undefined) =>
      problem?.message !== undefined && text !== undefined && matchesTemplate(problem.message, text);
    const place = `body/${partName(step.answer, 'message') ?? ''}`;
    const wrong =
      fits(recordedMessage) && !fits(message)
        ? [difference(place, recordedMessage, message, `the message of ${problem?.name}`)]
        : [];
    const reasons = [partOf(step.answer, body, 'reason'), partOf(step.answer, response.json, 'reason')] as const;
    const reason = `body/${partName(step.answer, 'reason') ?? ''}`;
    const phrase = reasons[0] === reasons[1] ? [] : [difference(reason, ...reasons, 'as recorded')];
    return [...this.#codes(step, response), ...phrase, ...wrong];
  }

  #compareBody(step: RoutedStep, response: TargetResponse): readonly Difference[] {
    const effect = effectOf(step);
    const { request: sentRequest, response: recorded } = step.exchange;
    // Another success that the contract documents, with its own body.
    if (recorded.status !== response.status) return [];
    if (!isObject(recorded.body) || !isObject(response.json))
      return this.#isUndescribed(step) ? [] : this.#compareBare(recorded, response);
    const pair = { recorded: recorded.body, actual: response.json, place: { text: 'body', view: step.answer } };
    const resource = effect?.on === 'resource' ? this.#context.known.contract.resources.get(effect.target) : undefined;
    if (resource !== undefined && effect?.kind !== 'delete') {
      const named = referencesInPath(this.#context.known, step).find(({ side }) => side === resource.name);
      const entity = named?.properties
        .flatMap((property) => this.#context.assumptions.catalogue.all(resource.name, property, named.value))
        .at(-1);
      const request = { sides: pathSides(step), ...(entity === undefined ? {} : { entity }) };
      return this.#resources.one(resource, pair, request);
    }
    const sent = sentRequest.body;
    const defaults = bodyView(this.#context.known.views, step.match.operation) ?? this.#context.known.views.nothing;
    const context = {
      ...this.#resources.context({}),
      defaults,
      ...(sent === undefined || (effect !== undefined && effect.on !== 'relation') ? {} : { sent }),
    };
    return compareItem(context, pair);
  }

  /** Whether the answer of a service has a body that somebody's document does not mention. */
  #isUndescribed({ match, exchange }: RoutedStep): boolean {
    const documented = responseFor(match.operation, exchange.response.status);
    return !this.#context.known.isStated && documented?.content.length === 0;
  }

  /** Compares bodies that are not both objects: both must exist, or neither. */
  #compareBare({ body }: RecordedResponse, { json, text }: TargetResponse): readonly Difference[] {
    const actual = json ?? (text === '' ? undefined : text);
    const isThere = body !== undefined && body !== '';
    if (isThere === (actual !== undefined) && isObject(body) === isObject(actual)) return [];
    return [difference('body', body, actual, 'as recorded')];
  }
}

/** Converts an answer of the target to a recorded response, as it was received. */
export function asRecorded({ status, headers, text, json }: TargetResponse): RecordedResponse {
  const type = headers['content-type'];
  const body = json === undefined ? (text === '' ? undefined : text) : withNumbers(json);
  return {
    status,
    headers,
    ...(type === undefined ? {} : { contentType: bareMediaType(type) }),
    ...(body === undefined ? {} : { body }),
  };
}

/** Whether the step is a successful page of a listing. */
function isListing(step: RoutedStep): boolean {
  return effectOf(step)?.kind === 'list' && isSuccess(step);
}
