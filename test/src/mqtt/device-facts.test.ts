/** What is told of a session at each of its states, read off real sessions in virtual time. */
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { fromLibrary } from '../../../machines/routine/library.ts';
import { outcomes } from '../../../machines/vocabulary.ts';
import { endingOf } from '../../../src/mqtt/device-facts.ts';
import { DeviceStory } from '../../../src/mqtt/device-story.ts';
import { type DeviceState, eventSchema, stateSchema } from '../../../src/mqtt/messages.ts';
import { cooldown, phaseFields, routine, warmUp } from '../../support/routines.ts';
import { TestRun } from '../../support/run.ts';

const wall = Date.parse('2026-11-30T12:00:00.000Z');

/** A run and what is told of it, looked at whenever it changes. */
class Told extends TestRun {
  readonly story: DeviceStory;
  readonly published: DeviceState[] = [];
  readonly told: string[] = [];
  ids = 0;

  constructor(...words: ConstructorParameters<typeof TestRun>) {
    super(...words);
    this.story = new DeviceStory(this.run, {
      board: 'real',
      wallNow: () => wall + this.at,
      newId: () => {
        this.ids += 1;
        return `test-${this.ids}`;
      },
    });
    this.run.listen({ changed: () => this.look(), ended: () => this.look(true) });
  }

  look(hasEnded = false): void {
    const { state, events } = this.story.look(this.run, hasEnded);
    if (state) this.published.push(v.parse(stateSchema, state));
    for (const event of events) {
      const { v: _, id: __, at: ___, type, ...more } = v.parse(eventSchema, event);
      this.told.push([type, ...Object.values(more)].join(' '));
    }
  }
  get now(): DeviceState {
    return this.story.state(this.run);
  }
}

const nowhere = { stage: null, phase: null, zone: null, side: null, pressure: null, secondsLeft: null };
/** Warm-up 40 s, a phase of one side after the other, cool-down 40 s. */
const both = routine([warmUp(), phaseFields({ side: 'both', zone: 'calf', durationS: 80 }), cooldown()]);
const screened = { intent: 'screen', complaint: true, others: 'no' } as const;

/** What a session has come through, and how it is told then. */
const table: readonly (readonly [string, (told: Told) => unknown, Partial<DeviceState>])[] = [
  ['nothing', () => {}, { activity: 'idle', runs: false, outcome: null, board: 'real', ...nowhere }],
  [
    'one answer of many',
    told => told.intend({ intent: 'screen', complaint: true, answers: { S1: 'no' } }),
    { activity: 'beginning', ...nowhere },
  ],
  [
    'its questions',
    told => told.intend(screened),
    { activity: 'beginning', ...nowhere, stage: 'preparation' },
  ],
  [
    'its start',
    told => told.start().for(500),
    {
      activity: 'underway',
      stage: 'warmUp',
      phase: { number: 1, of: 3 },
      zone: 'thighFront',
      side: 'together',
      pressure: 'feather',
      secondsLeft: 160,
      runs: true,
      outcome: null,
    },
  ],
  [
    'a pause',
    told => told.start().for(10_000).intend({ intent: 'pause' }).for(20_000),
    { activity: 'paused', stage: 'warmUp', secondsLeft: 150, runs: false },
  ],
  [
    'a resume',
    told =>
      told.start().for(10_000).intend({ intent: 'pause' }).for(20_000).intend({ intent: 'resume' }).for(100),
    { activity: 'underway', secondsLeft: 150, runs: true },
  ],
  [
    'a turn to another place',
    told => told.start().for(40_500),
    { activity: 'transition', stage: 'strokes', phase: { number: 2, of: 3 }, zone: 'calf', runs: false },
  ],
  [
    'the second side of a phase',
    told => told.start().for(41_000).intend({ intent: 'go' }).for(41_000).intend({ intent: 'go' }).for(100),
    { activity: 'underway', phase: { number: 2, of: 3 }, zone: 'calf', side: 'right', secondsLeft: 80 },
  ],
  [
    'a stop',
    told => told.start().for(10_000).intend({ intent: 'stop' }).for(1000),
    { activity: 'stopped', stage: 'warmUp', secondsLeft: 150, runs: false, outcome: null },
  ],
  [
    'a stop before it has begun',
    told => told.intend(screened, { intent: 'stop' }),
    { activity: 'stopped', ...nowhere, runs: false },
  ],
  [
    'a stop after which nobody said anything',
    told => told.start().for(10_000).intend({ intent: 'stop' }).for(310_000),
    { activity: 'idle', ...nowhere, runs: false, outcome: 'stopped' },
  ],
  [
    'a fault that can be gone on after',
    told => {
      told.start().for(10_000).run.fault('clockJumped');
    },
    { activity: 'faulted', stage: 'warmUp', runs: false, outcome: null },
  ],
  [
    'a fault that cannot',
    told => {
      told.start().for(10_000).run.fault('dutyMismatch');
      told.for(1000);
    },
    { activity: 'idle', ...nowhere, runs: false, outcome: 'faulted' },
  ],
  [
    'a board that is gone',
    told => {
      told.start().for(10_000).driver.unplug();
      told.for(1000);
    },
    { activity: 'faulted', board: 'gone' },
  ],
  [
    'questions that did not let it begin',
    told => told.intend({ intent: 'screen', complaint: true, answers: { S1: 'yes' } }).for(100),
    { activity: 'idle', ...nowhere, outcome: 'interrupted' },
  ],
  [
    'questions that nobody went on with',
    told =>
      told.intend({ intent: 'screen', complaint: true, answers: { S1: 'no' } }, { intent: 'end' }).for(100),
    { activity: 'idle', ...nowhere, outcome: 'interrupted' },
  ],
];

it.each(table)('after %s it is told as it is', (_, come, expected) => {
  const told = new Told({ routine: both });
  come(told);
  expect(v.parse(stateSchema, told.now)).toMatchObject(expected);
  // What was published last is no other.
  const { at: _at, secondsLeft: _left, ...last } = told.published.at(-1) ?? told.now;
  expect(told.now).toMatchObject(last);
});

it('tells what has happened in its order, each once', () => {
  const told = new Told({ routine: both });
  told.start().for(10_000).intend({ intent: 'pause' }).for(5000).intend({ intent: 'resume' }).for(1000);
  told.intend({ intent: 'stop' }).for(310_000);
  expect(told.told).toEqual([
    'activity beginning',
    'stage preparation',
    'began',
    'activity underway',
    'stage warmUp',
    'activity paused',
    'activity underway',
    'activity stopped',
    'activity idle',
    'ended stopped',
  ]);
});

it('tells that it asks, that it is lighter, and a fault by its name; and nothing of what was answered', () => {
  const evening = fromLibrary('evening-legs');
  if (!evening) throw new Error('the library has lost a routine');
  const told = new Told({ routine: evening });
  told.start();
  const isAsked = (): boolean => told.run.state.endsWith('.checkIn');
  for (let second = 0; second < 1200 && !isAsked(); second++) {
    told.for(1000);
    if (told.run.state === 'transition') told.intend({ intent: 'go' });
  }
  expect(told.now).toMatchObject({ activity: 'asking', runs: true });
  told.intend({ intent: 'checkIn', local: 4, leg: 0, firmer: false }).for(100);
  expect(told.now).toMatchObject({ activity: 'eased', pressure: 'feather' });
  told.run.fault('clockJumped');
  expect(told.told.slice(-4)).toEqual([
    'activity asking',
    'activity eased',
    'fault clockJumped',
    'activity faulted',
  ]);
});

it('publishes nothing while nothing but time changes', () => {
  const told = new Told({ routine: both });
  told.start().for(1000);
  const before = told.published.length;
  told.for(30_000);
  expect(told.published).toHaveLength(before);
  expect(told.now.secondsLeft).toBe(129);
});

it('a process that goes away leaves nothing running behind', () => {
  const told = new Told({ routine: both });
  told.start().for(10_000);
  const { state, events } = told.story.leave();
  expect(state).toMatchObject({ activity: 'idle', ...nowhere, runs: false, outcome: 'interrupted' });
  expect(events.map(({ type }) => type)).toEqual(['activity', 'ended']);
});

it('one that goes away with no session open has ended none', () => {
  const told = new Told({ routine: both });
  expect(told.story.leave().events).toEqual([]);
});

it('no outcome tells that questions did not let somebody begin', () => {
  expect(outcomes.map(endingOf)).toEqual(['completed', 'stopped', 'faulted', 'interrupted', 'interrupted']);
});
