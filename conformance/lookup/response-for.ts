import type { Operation, Response } from '../../contract/contract.js';

/** The documented response of a status: the exact status, else its class, else `default`. */
export function responseFor(operation: Operation, status: number): Response | undefined {
  const exact = String(status);
  const byClass = `${exact[0]}XX`;
  return (
    operation.responses.find((response) => response.status === exact) ??
    operation.responses.find((response) => response.status.toUpperCase() === byClass) ??
    operation.responses.find((response) => response.status === 'default')
  );
}
