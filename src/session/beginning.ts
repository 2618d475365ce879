/** Whether something would begin the session, and why it may not. Pure. */
import type { StateName } from '../../machines/session.states.ts';
import type { UnstampedEvent } from '../../machines/touch/meaning.ts';
import type { Refusal } from './narration.ts';

/** `stepsLeft`: steps of preparation that are not confirmed yet. */
export function wouldBegin({ type }: UnstampedEvent, state: StateName, stepsLeft: number): boolean {
  if (state === 'preparation') return type === 'session.start' || (type === 'session.go' && stepsLeft === 0);
  // One that was taken up begins anew as far as its journal goes.
  return state === 'paused' && (type === 'session.resume' || type === 'session.go');
}

/** What cannot be recorded is not begun, nor anything while somebody does something else with the board. */
export function beginningRefused(isRecording: boolean, isSuspended: boolean): Refusal | null {
  const start = { asked: 'start', gave: 'nothing' } as const;
  if (!isRecording) return { ...start, limit: 'recording', next: { key: 'freeSpace' } };
  return isSuspended ? { ...start, limit: 'calibrating', next: { key: 'calibrating' } } : null;
}
