import type { ControlClient } from './control.js';
import type { Session } from './session.js';

/** What the page of a tool gets. */
export interface ToolProps {
  readonly session: Session;
  readonly control: ControlClient;
}
