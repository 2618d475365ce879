/**
 * Pure steps of a machine, many of them.
 *
 * xstate's own `transition` makes an actor with a system of its own for every step, which takes longer than the step.
 * Here one actor that never runs serves for all of a machine's.
 */
import {
  type AnyActorScope,
  createActor,
  type EventFromLogic,
  type ExecutableActionObject,
  type InputFrom,
  initialTransition,
  type SnapshotFrom,
} from 'xstate';
import type { sessionMachine } from '../../machines/session.ts';

type SessionMachine = typeof sessionMachine;
type Snapshot = SnapshotFrom<SessionMachine>;
export type Action = Readonly<Pick<ExecutableActionObject, 'type' | 'params'>>;

/** A function that takes one step of this machine; the same as `transition` of xstate, action for action. */
export function stepsOf(
  machine: SessionMachine,
  input: InputFrom<SessionMachine>,
): (snapshot: Snapshot, event: EventFromLogic<SessionMachine>) => readonly [Snapshot, readonly Action[]] {
  const self = createActor(machine, { input });
  let actions: Action[] = [];
  const scope: AnyActorScope = {
    self,
    defer: () => {},
    id: '',
    logger: () => {},
    sessionId: '',
    stopChild: () => {},
    system: self.system,
    emit: () => {},
    actionExecutor: action => actions.push(action),
  };
  return (snapshot, event) => {
    actions = [];
    return [machine.transition(snapshot, event, scope), actions];
  };
}

export const firstOf = (machine: SessionMachine, input: InputFrom<SessionMachine>): Snapshot =>
  initialTransition(machine, input)[0];
