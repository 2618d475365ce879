/** What has come of stops, said for people or for scripts, and what the command ends with. */
import { fleetWords } from '../../../machines/text/fleet.ts';
import { fill, listed } from '../../../machines/text/text.ts';
import type { StopResult } from '../../mqtt/asked-stops.ts';
import { Exit } from '../exit.ts';
import { refusalSentence } from './refused.ts';

const words = fleetWords;

type ExitKind = 'notPermitted' | 'noDevice' | 'busy';

/** The gravest first. */
const gravest: readonly ExitKind[] = ['notPermitted', 'noDevice', 'busy'];

function exitKindOf(one: StopResult): ExitKind | null {
  switch (one.result) {
    case 'confirmed':
      return null;
    case 'unconfirmed':
      return 'busy';
    case 'silent':
      return 'noDevice';
    case 'unsent':
      return one.refusal.kind === 'publish' ? 'notPermitted' : 'noDevice';
  }
}

/** So many names in one sentence; a list of all stands above it. */
const mostNames = 10;

/** A result in one sentence. */
export function stopLine(
  one: StopResult,
  { broker, waitS }: Readonly<{ broker: string; waitS: number }>,
): string {
  const { name, tookMs } = one;
  return one.result === 'unsent'
    ? refusalSentence(broker, one.refusal)
    : fill(words.stop[one.result], { name, ms: Math.min(tookMs ?? 0, 999_999), s: waitS });
}

/** Throws Exit unless every one of them has confirmed. */
export function requireStopped(results: readonly StopResult[]): void {
  if (results.length === 0) throw new Exit('noDevice', words.stop.none);
  const open = results.filter(({ result }) => result !== 'confirmed');
  const kinds = open.map(exitKindOf);
  const kind = gravest.find(one => kinds.includes(one));
  if (kind === undefined) return;
  const names = open.map(({ name }) => name);
  throw new Exit(
    kind,
    fill(words.refused.notAnswered, {
      names: `${listed(names.slice(0, mostNames))}${names.length > mostNames ? ' …' : ''}`,
    }),
  );
}
