/**
 * Where a device stands on a broker. All of one device lies below `tactus/NAME/`:
 *
 * - `availability` retained, `online` or `offline`; the last will is `offline`
 * - `state` retained, what is the case now (`stateSchema`)
 * - `event` what has just happened, once (`eventSchema`), QoS 1, with an id by which repeats are told
 * - `stop` whatever is published here, unless it is retained, stops the session (`stopSchema`, or any other payload)
 * - `stop/answer` what has come of that (`answerSchema`), QoS 1
 *
 * Nothing else is listened to: a start, or anything firmer, has no topic.
 */

/** The first level of every topic. */
export const root = 'tactus';

/** A device's name in its topics: 1 to 32 of a to z, 0 to 9 and `-`, neither first nor last. */
export const namePattern = /^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/;

/** The topics of one device. */
export type Topics = Readonly<{
  availability: string;
  state: string;
  event: string;
  stop: string;
  answer: string;
}>;

/** Of the device of this name, which `namePattern` has let pass. */
export const topicsOf = (name: string): Topics => ({
  availability: `${root}/${name}/availability`,
  state: `${root}/${name}/state`,
  event: `${root}/${name}/event`,
  stop: `${root}/${name}/stop`,
  answer: `${root}/${name}/stop/answer`,
});

/** What a fleet listens to: these topics of every device, or of one. */
export const watched = (name = '+'): readonly string[] =>
  (['availability', 'state', 'event', 'answer'] as const).map(topic => topicsOf(name)[topic]);

/** The device that a topic belongs to; null where it is none of ours. */
export function nameIn(topic: string): string | null {
  const [first, name = ''] = topic.split('/');
  return first === root && namePattern.test(name) ? name : null;
}
