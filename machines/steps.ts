/**
 * Pure steps of a machine, many of them.
 *
 * xstate's own `transition` makes an actor for every step, and with it all that the machine remembers when it opens, which
 * for a session takes ten times longer than the step. Here one actor that never runs stands in for all of them: machines
 * here send to nobody and start nobody, so nothing is ever asked of it.
 */
import {
  type AnyActorLogic,
  type AnyActorScope,
  createActor,
  createMachine,
  type EventFromLogic,
  type ExecutableActionObject,
  type SnapshotFrom,
} from 'xstate';

/** What a step would have done. */
export type StepAction = Readonly<Pick<ExecutableActionObject, 'type' | 'params'>>;

const nobody = createActor(createMachine({}));

/** One step of this machine: the same as `transition` of xstate, action for action. */
export function stepOf<Machine extends AnyActorLogic>(
  machine: Machine,
  snapshot: SnapshotFrom<Machine>,
  event: EventFromLogic<Machine>,
): readonly [SnapshotFrom<Machine>, readonly StepAction[]] {
  const actions: StepAction[] = [];
  const scope: AnyActorScope = {
    self: nobody,
    defer: () => {},
    id: '',
    logger: () => {},
    sessionId: '',
    stopChild: () => {},
    system: nobody.system,
    emit: () => {},
    actionExecutor: action => {
      actions.push(action);
    },
  };
  return [machine.transition(snapshot, event, scope), actions];
}
