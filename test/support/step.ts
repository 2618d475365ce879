/** Steps of a session's machine, as functions of it. */
import { type EventFromLogic, type InputFrom, initialTransition, type SnapshotFrom } from 'xstate';
import type { sessionMachine } from '../../machines/session.ts';
import { type StepAction, stepOf } from '../../machines/steps.ts';

type SessionMachine = typeof sessionMachine;
type Snapshot = SnapshotFrom<SessionMachine>;
export type Action = StepAction;

export const stepsOf =
  (machine: SessionMachine) =>
  (snapshot: Snapshot, event: EventFromLogic<SessionMachine>): readonly [Snapshot, readonly Action[]] =>
    stepOf(machine, snapshot, event);

export const firstOf = (machine: SessionMachine, input: InputFrom<SessionMachine>): Snapshot =>
  initialTransition(machine, input)[0];
