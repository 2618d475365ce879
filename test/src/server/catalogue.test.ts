/** The catalogue of messages that others get, held by a validator of others against what both sides check with. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../src/installed.ts';
import { messageCatalogue } from '../../../src/server/catalogue.ts';
import { fromClientSchema } from '../../../src/server/messages.ts';
import { Viewers } from '../../../src/server/viewers.ts';
import { Sessions } from '../../../src/session/sessions.ts';
import { VirtualClock } from '../../../src/time/virtual-clock.ts';
import { routine } from '../../support/routines.ts';
import { StandInDriver } from '../../support/stand-in-driver.ts';

const catalogue = messageCatalogue();
const ajv = new Ajv({ strict: true, allowUnionTypes: true });
const fromClient = ajv.compile(catalogue.$defs.fromClient);
const fromServer = ajv.compile(catalogue.$defs.fromServer);

const head = { v: 1, id: 7 };
const messages: readonly Readonly<Record<string, unknown>>[] = [
  { ...head, type: 'intent', intent: { intent: 'stop' } },
  {
    ...head,
    type: 'intent',
    intent: { intent: 'screen', complaint: true, answers: { S1: 'no' }, others: 'no' },
  },
  { ...head, type: 'intent', intent: { intent: 'checkIn', local: 2, leg: 1, firmer: true } },
  { ...head, type: 'button', button: 'less', down: true },
  { ...head, type: 'choose', routine: 'evening-legs', minutes: 20, drop: true, for: 'partner' },
  { ...head, type: 'again' },
  { ...head, type: 'claim' },
  { ...head, type: 'role', role: 'receiver' },
  { ...head, type: 'remember', agreed: false },
  { ...head, type: 'refresh' },
  { ...head, type: 'bench', on: true },
  { ...head, type: 'fault', fault: 'unplug' },
  { ...head, type: 'rate', rate: 10 },
  { ...head, type: 'step' },
  { ...head, type: 'jump', phase: 'warm-up' },
  { ...head, type: 'calibrate', deed: 'leave' },
];

describe('the catalogue of messages', () => {
  it('is the one that stands beside the schemas; tactus messages prints it anew', () => {
    const kept = readFileSync(join(packageRoot, 'src', 'server', 'messages.schema.json'), 'utf8');
    expect(JSON.parse(kept)).toEqual(JSON.parse(JSON.stringify(catalogue)));
  });

  it.each(messages.map(message => [String(message.type), message] as const))(
    'lets a %s through, and nothing beside it',
    (_, message) => {
      const both = (value: unknown) => [v.is(fromClientSchema, value), fromClient(value)];
      expect(both(message)).toEqual([true, true]);
      expect(both({ ...message, loud: true })).toEqual([false, false]);
      expect(both({ ...message, v: 2 })).toEqual([false, false]);
      expect(both({ ...message, id: -1 })).toEqual([false, false]);
      for (const field of Object.keys(message).filter(name => !['minutes', 'drop', 'for'].includes(name))) {
        const { [field]: _gone, ...rest } = message;
        expect([field, ...both(rest)]).toEqual([field, false, false]);
      }
    },
  );

  it('has every message of a client in it', () => {
    const types = fromClientSchema.options.map(option => option.entries.type.literal);
    expect(new Set(messages.map(({ type }) => type))).toEqual(new Set(types.filter(type => type !== 'felt')));
  });

  it('describes what a controller really sends', () => {
    const clock = new VirtualClock();
    const sessions = new Sessions(
      { clock, driver: new StandInDriver(), product: 'test' },
      { routine: routine() },
    );
    const viewers = new Viewers({ sessions, now: () => clock.now() });
    const told: unknown[] = [];
    const client = {
      send: (text: string) => void told.push(JSON.parse(text)),
      waitingBytes: () => 0,
      close: () => {},
    };
    viewers.join(client);
    viewers.hear(
      client,
      JSON.stringify({ ...head, type: 'intent', intent: { intent: 'screen', complaint: true } }),
    );
    viewers.hear(client, JSON.stringify({ ...head, type: 'intent', intent: { intent: 'next' } }));
    viewers.hear(client, '{');
    viewers.update(true);
    expect(new Set(told.map(one => (one as { type: string }).type))).toEqual(
      new Set(['view', 'change', 'refusal', 'error']),
    );
    for (const one of told) expect([one, fromServer(one), fromServer.errors]).toEqual([one, true, null]);
    sessions.run.close();
  });
});
