/** What the bench keeps, and for whom. */

import { describe, expect, it } from 'vitest';
import { Recorder } from '../../../hardware/recorder.ts';
import { fromLibrary } from '../../../machines/routine/library.ts';
import type { Guest } from '../../../src/server/lan/pairing.ts';
import type { BenchBatch, FromServer } from '../../../src/server/messages.ts';
import { type FaultDeed, TelemetryBuffer } from '../../../src/server/telemetry.ts';
import { type Client, Viewers } from '../../../src/server/viewers.ts';
import { type Recording, Sessions } from '../../../src/session/sessions.ts';
import { VirtualClock } from '../../../src/time/virtual-clock.ts';

const unrecorded: Recording = { failure: null, begin: () => () => {}, over: () => {} };

function stage() {
  const clock = new VirtualClock();
  const bench = new TelemetryBuffer();
  const routine = fromLibrary('first-touch');
  if (!routine) throw new Error('first-touch is gone');
  const sessions = new Sessions(
    {
      clock,
      driver: new Recorder(),
      product: 'test',
      trace: line => bench.trace(line),
      journal: bench.beside(unrecorded),
    },
    { routine },
  );
  const said: FaultDeed[] = [];
  const wired: { heard: ((bytes: Uint8Array) => void)[] } = { heard: [] };
  bench.attach(sessions, clock, { line: { on: (_, heard) => wired.heard.push(heard) } });
  const viewers = new Viewers({
    sessions,
    now: () => clock.now(),
    bench,
    faults: { names: ['unplug'], meet: deed => said.push(deed) },
  });
  const join = (guest?: Guest) => {
    const messages: FromServer[] = [];
    const client: Client = {
      ...(guest && { guest }),
      send: text => messages.push(JSON.parse(text) as FromServer),
      waitingBytes: () => 0,
      close: () => {},
    };
    viewers.join(client);
    let id = 0;
    return {
      say: (message: object) => viewers.hear(client, JSON.stringify({ v: 1, id: ++id, ...message })),
      messages,
      batches: (): BenchBatch[] => messages.flatMap(one => (one.type === 'bench' ? [one.batch] : [])),
      role: () =>
        messages.flatMap(one => ('view' in one && one.view.people ? [one.view.people.role] : [])).at(-1),
    };
  };
  return { clock, bench, sessions, viewers, join, said, wired };
}

const screen = { type: 'intent', intent: { intent: 'screen', complaint: true, answers: { S1: 'no' } } };

describe('the bench', () => {
  it('tells nobody who has not asked', () => {
    const { join, viewers } = stage();
    const page = join();
    page.say(screen);
    viewers.update(true);
    expect(page.batches()).toEqual([]);
  });

  it('tells a newcomer the whole journal, then only what is new', () => {
    const { join, viewers } = stage();
    const page = join();
    page.say({ type: 'bench', on: true });
    expect(page.batches()[0]?.whole).toBe(true);
    expect(page.batches()[0]?.journal[0]).toContain('"journal":1');
    page.say({ type: 'intent', intent: { intent: 'stop' } });
    viewers.update();
    const [, next] = page.batches();
    expect(next?.whole).toBe(false);
    expect(next?.journal.map(line => (JSON.parse(line) as { type: string }).type)).toEqual(['session.stop']);
    expect(next?.trace.map(({ type }) => type)).toContain('state');
  });

  it('tells bytes in both directions as hexadecimal digits', () => {
    const { join, viewers, wired } = stage();
    const page = join();
    page.say({ type: 'bench', on: true });
    for (const heard of wired.heard) heard(Uint8Array.of(0xf0, 4, 0xf7));
    viewers.update();
    expect(
      page
        .batches()
        .at(-1)
        ?.bytes.map(({ toward, hex }) => `${toward} ${hex}`),
    ).toEqual(['host f004f7', 'board f004f7']);
  });

  it('gives what people did, answers included, to nobody but whoever is in control', () => {
    const { join, viewers } = stage();
    const page = join();
    const other = join();
    page.say({ type: 'bench', on: true });
    other.say({ type: 'bench', on: true });
    page.say(screen);
    viewers.update();
    expect(page.batches().flatMap(({ deeds }) => deeds)).toEqual([{ at: 0, ...screen.intent }]);
    expect(other.batches().flatMap(({ deeds }) => deeds)).toEqual([]);
    expect(JSON.stringify(other.messages)).not.toContain('"S1":"no"');
  });

  it('gives them to no phone, even where it has taken control since', () => {
    const { join, viewers } = stage();
    const page = join();
    page.say({ type: 'bench', on: true });
    page.say(screen);
    const phone = join({ id: 1, role: 'remote', name: 'a phone', from: '192.0.2.7' });
    phone.say({ type: 'claim' });
    phone.say({ type: 'bench', on: true });
    viewers.update();
    expect([phone.role(), phone.batches().length > 0]).toEqual(['controller', true]);
    expect(phone.batches().flatMap(({ deeds }) => deeds)).toEqual([]);
    expect(JSON.stringify(phone.messages)).not.toContain('"S1":"no"');
  });

  it('gives nobody what was said of what brings a complaint on', () => {
    const { join, viewers, bench } = stage();
    const page = join();
    page.say({ type: 'bench', on: true });
    page.say(screen);
    const causes = { intent: 'causes', bringsOn: ['longSitting'], worsens: ['beingCold'] } as const;
    page.say({ type: 'intent', intent: causes });
    viewers.update();
    for (const heard of [page.messages, bench.whole(1)])
      expect(JSON.stringify(heard)).not.toMatch(/longSitting|beingCold/);
  });

  it('forgets what was done in a session once another begins', () => {
    const { join, bench } = stage();
    const page = join();
    page.say(screen);
    expect(bench.whole(1).deeds.length).toBe(1);
    page.say({ type: 'choose', routine: 'evening-legs' });
    expect(bench.whole(1).deeds).toEqual([]);
    // Its header, and that the board is there.
    expect(bench.whole(1).journal.length).toBe(2);
  });

  it('meets the faults that there are, and has no other and no other time', () => {
    const { join, said } = stage();
    const page = join();
    page.say({ type: 'fault', fault: 'unplug' });
    page.say({ type: 'fault', fault: 'brownOut' });
    page.say({ type: 'rate', rate: 10 });
    expect(said.map(({ fault }) => fault)).toEqual(['unplug']);
    expect(page.messages.flatMap(one => (one.type === 'error' ? [one.message] : []))).toEqual([
      'only an emulated board can have faults on demand',
      'this board runs in real time only',
    ]);
  });

  it('keeps no more than a bounded number of bytes between two looks, and counts the rest', () => {
    const { join, viewers, wired } = stage();
    const page = join();
    page.say({ type: 'bench', on: true });
    for (let count = 0; count < 5000; count++) wired.heard[0]?.(Uint8Array.of(1));
    viewers.update();
    const last = page.batches().at(-1);
    expect(last?.bytes.length).toBe(4000);
    expect(last?.dropped).toBe(1000);
  });
});

describe('the receiver', () => {
  it('is at no bench, before and after the page became theirs: its records tell what the screening came to', () => {
    const { join, viewers } = stage();
    const page = join();
    const phone = join();
    phone.say({ type: 'bench', on: true });
    phone.say({ type: 'role', role: 'receiver' });
    phone.messages.length = 0;
    phone.say({ type: 'bench', on: true });
    page.say({ type: 'intent', intent: { intent: 'screen', complaint: true, others: 'no' } });
    page.say({ type: 'intent', intent: { intent: 'causes', bringsOn: ['longSitting'], worsens: [] } });
    viewers.update(true);
    expect(phone.batches()).toEqual([]);
    // Leaving it is no offence, and whoever is the receiver no longer may look again.
    const errors = (): readonly FromServer[] => phone.messages.filter(({ type }) => type === 'error');
    expect(errors()).toMatchObject([{ code: 'forbidden' }]);
    phone.say({ type: 'bench', on: false });
    phone.say({ type: 'role', role: 'viewer' });
    phone.say({ type: 'bench', on: true });
    expect(phone.batches()).toHaveLength(1);
    expect(errors()).toHaveLength(1);
  });

  it('gives up control, and may say less and stop but nothing else', () => {
    const { join, sessions } = stage();
    const phone = join();
    const page = join();
    phone.say({ type: 'role', role: 'receiver' });
    expect(phone.role()).toBe('receiver');
    expect(page.role()).toBe('controller');
    phone.say({ type: 'intent', intent: { intent: 'go' } });
    expect(phone.messages.at(-1)).toMatchObject({ type: 'error', code: 'forbidden' });
    const before = phone.messages.filter(({ type }) => type === 'error').length;
    phone.say({ type: 'intent', intent: { intent: 'less' } });
    phone.say({ type: 'intent', intent: { intent: 'stop' } });
    expect(phone.messages.filter(({ type }) => type === 'error').length).toBe(before);
    expect(sessions.run.state).toBe('stopped');
  });

  it('never becomes the one in control because the other has left', () => {
    const { join, viewers } = stage();
    const phone = join();
    phone.say({ type: 'role', role: 'receiver' });
    viewers.update(true);
    expect(phone.role()).toBe('receiver');
    const page = join();
    expect(page.role()).toBe('controller');
  });
});
