/** What is told of a session at each of its states, read off real sessions in virtual time. */
import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { type StateName, stateNames } from '../../../machines/session.states.ts';
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
  readonly states: DeviceState[] = [];
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
    if (state) this.states.push(v.parse(stateSchema, state));
    for (const event of events) {
      const { v: _, id: __, at: ___, type, ...more } = v.parse(eventSchema, event);
      this.told.push([type, ...Object.values(more)].join(' '));
    }
  }
  get now(): DeviceState {
    return this.story.state(this.run);
  }
}
