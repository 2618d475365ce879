/** `tactus fleet` within the test's own process, where waiting until all is said takes no time. */
import { PassThrough } from 'node:stream';
import { thisMachine } from '../../../src/app/surroundings.ts';
import { fleetStories } from '../../support/fleet-stories.ts';
import { HurriedClock } from '../../support/hurried-clock.ts';
import { InProcess } from '../../support/in-process.ts';

fleetStories(async words => {
  const input = new PassThrough();
  input.end();
  const clock = new HurriedClock();
  try {
    return await new InProcess(words, { ...thisMachine(), clock, input }).ended;
  } finally {
    clock.close();
  }
});
