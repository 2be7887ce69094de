import type { Baseline } from '../../conformance/report/baseline.js';
import type { Report } from '../../conformance/report/report.js';
import type { Contract, JsonObject } from '../../contract/contract.js';
import { buildContract } from '../../contract/read/read.js';
import { exchangeListRecorder, harRecorder } from './recorders.js';
import { Traffic } from './traffic.js';

/** What judging needs, as plain data: it goes to another thread. */
export interface TrafficSetup {
  /** The bundled document of the contract. */
  readonly document: JsonObject;
  readonly tool: Report['tool'];
  /** The target's root. */
  readonly target: string;
  readonly spec?: string;
  readonly overlay?: readonly string[];
  readonly allowRef?: readonly string[];
  readonly baseline?: Baseline;
  /** The file of `--record`. */
  readonly record?: string;
  /** The file of `--har`. */
  readonly har?: string;
}

/**
 * @param contract - built from the document unless given
 * @throws RunError if a recording cannot be written
 */
export function openTraffic(
  { document, record, har, ...setup }: TrafficSetup,
  contract: Contract = buildContract(document),
): Traffic {
  const { tool, target } = setup;
  const recording = record ?? har;
  return new Traffic({
    ...setup,
    contract,
    ...(recording === undefined ? {} : { recording }),
    recorders: (secrets) => [
      ...(record === undefined ? [] : [exchangeListRecorder(record, `traffic of ${target}`, secrets)]),
      ...(har === undefined ? [] : [harRecorder(har, target, tool, secrets)]),
    ],
  });
}
