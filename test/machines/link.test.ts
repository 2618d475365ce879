import { describe, expect, it } from 'vitest';
import { createActor } from 'xstate';
import { linkLimits } from '../../machines/limits.ts';
import { linkMachine, nextLinkDue } from '../../machines/link.ts';
import type { Ms } from '../../machines/vocabulary.ts';

/** A link in a test's hand; silence falls due by itself. */
function link(speaks = true) {
  const actor = createActor(linkMachine, { input: { speaks } });
  const news: string[] = [];
  actor.on('*', ({ type, at }) => news.push(`${type} ${at}`));
  actor.start();
  const rig = {
    news,
    get state(): string {
      return String(actor.getSnapshot().value);
    },
    get due(): Ms | null {
      return nextLinkDue(actor.getSnapshot());
    },
    until(at: Ms) {
      const { due } = rig;
      if (due !== null && due <= at) actor.send({ type: 'due', at: due });
      return rig;
    },
    tell(type: 'link.opened' | 'link.ready' | 'link.closed' | 'link.restarted', at: Ms) {
      rig.until(at);
      actor.send({ type, at });
      return rig;
    },
    heard(at: Ms, armed = false) {
      rig.until(at);
      actor.send({ type: 'link.heard', armed, at });
      return rig;
    },
    early(at: Ms) {
      actor.send({ type: 'due', at });
      return rig;
    },
    live: (at: Ms) => rig.tell('link.opened', at).tell('link.ready', at),
  };
  return rig;
}

const { silentMs, silentDisarmedMs, openingMs } = linkLimits;

describe('a link that opens', () => {
  it('is live once the board is ready, and says so', () => {
    const one = link().tell('link.opened', 10).tell('link.ready', 700);
    expect(one.state).toBe('live');
    expect(one.news).toEqual(['link.isLive 700']);
  });

  it('is given up after ten seconds, in silence: nothing was lost', () => {
    const one = link().tell('link.opened', 10);
    expect(one.due).toBe(10 + openingMs);
    expect(one.early(10 + openingMs - 1).state).toBe('opening');
    expect(one.until(20_000).state).toBe('absent');
    expect(one.news).toEqual([]);
  });

  it('is absent again when the line closes meanwhile', () => {
    expect(link().tell('link.opened', 10).tell('link.closed', 20).state).toBe('absent');
  });

  it('waits for nothing while absent', () => {
    expect(link().due).toBeNull();
    expect(link().heard(5).tell('link.closed', 6).tell('link.restarted', 7).news).toEqual([]);
  });
});

describe('a live link', () => {
  it.each([
    ['an armed board', true, silentMs],
    ['a disarmed board', false, silentDisarmedMs],
  ])('takes the silence of %s for its loss after its time', (_, armed, silence) => {
    const one = link().live(0).heard(500, armed);
    expect(one.due).toBe(500 + silence);
    expect(one.early(500 + silence - 1).state).toBe('live');
    expect(one.until(500 + silence).state).toBe('lost');
    expect(one.news).toEqual(['link.isLive 0', `link.isLost ${500 + silence}`]);
  });

  it('stays live as long as the board speaks in time', () => {
    const one = link().live(0);
    for (let at = 300; at <= 30_000; at += 300) one.heard(at, true);
    expect(one.state).toBe('live');
  });

  it('makes nothing of the silence of a board that never speaks', () => {
    const one = link(false).live(0);
    expect(one.due).toBeNull();
    expect(one.early(3_600_000).state).toBe('live');
  });

  it('is lost the moment the line closes', () => {
    expect(link().live(0).tell('link.closed', 40).news).toEqual(['link.isLive 0', 'link.isLost 40']);
  });

  it('tells of a board that started anew, and stays live', () => {
    const one = link().live(0).tell('link.restarted', 60);
    expect(one.news).toEqual(['link.isLive 0', 'link.isReset 60']);
    expect(one.state).toBe('live');
  });
});

describe('a lost link', () => {
  it('is live again when a line that was only silent speaks', () => {
    const one = link().live(0).until(silentDisarmedMs).heard(5000);
    expect(one.state).toBe('live');
    expect(one.news.at(-1)).toBe('link.isLive 5000');
  });

  it('is not live because something is heard on a line that was closed: the board has to come ready', () => {
    const one = link().live(0).tell('link.closed', 40).heard(50);
    expect(one.state).toBe('lost');
    expect(one.live(2040).news.at(-1)).toBe('link.isLive 2040');
  });

  it('is not live by hearsay either when the line closed after it fell silent', () => {
    const one = link().live(0).until(silentDisarmedMs).tell('link.closed', 3000).heard(3010);
    expect(one.state).toBe('lost');
  });

  it('tells of a board that was silent because it started anew', () => {
    const one = link().live(0).until(silentDisarmedMs).tell('link.restarted', 1500).heard(1510);
    expect(one.news.slice(-2)).toEqual(['link.isReset 1500', 'link.isLive 1510']);
  });

  it('takes silence for a loss again after it came back', () => {
    const one = link().live(0).tell('link.closed', 40).live(2000).heard(2500, true);
    expect(one.until(2500 + silentMs).state).toBe('lost');
  });
});
