import type { ComponentType } from 'preact';
import { ClockTool } from './components/clock-tool.js';
import { FaultsTool } from './components/faults-tool.js';
import { HabitsTool } from './components/habits-tool.js';
import { RequestsTool } from './components/requests-tool.js';
import { ScopesTool } from './components/scopes-tool.js';
import { SnapshotsTool } from './components/snapshots-tool.js';
import type { ToolProps } from './tool-props.js';

/** The tools over the control API, by their name in the location. */
export const TOOLS: Readonly<Record<string, { readonly title: string; readonly component: ComponentType<ToolProps> }>> =
  {
    requests: { title: 'Requests', component: RequestsTool },
    scopes: { title: 'Least scopes', component: ScopesTool },
    snapshots: { title: 'Snapshots', component: SnapshotsTool },
    clock: { title: 'Clock', component: ClockTool },
    faults: { title: 'Faults', component: FaultsTool },
    habits: { title: 'Habits and plan', component: HabitsTool },
  };
