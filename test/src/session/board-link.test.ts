import { describe, expect, it } from 'vitest';
import type { BoardStatus, DriverListener } from '../../../hardware/driver.ts';
import type { BoardState } from '../../../hardware/lease.ts';
import { Recorder } from '../../../hardware/recorder.ts';
import type { Button, Ms } from '../../../machines/vocabulary.ts';
import { BoardLink } from '../../../src/session/board-link.ts';

/** A board whose every word is put into its mouth. */
class SpeakingBoard extends Recorder {
  listener: DriverListener | null = null;
  override listen(listener: DriverListener): void {
    this.listener = listener;
    super.listen(listener);
  }
}

function linked({ dueFirst = false } = {}) {
  const driver = new SpeakingBoard();
  const told: string[] = [];
  let now = 0;
  const link = new BoardLink(driver, true, {
    moment: happen => {
      for (let due = dueFirst ? link.next() : null; due !== null && due <= now; due = link.next()) {
        const late = now - due;
        const at = now;
        now = due;
        link.due(late);
        now = at;
      }
      happen();
    },
    now: () => now,
    ready: isReady => told.push(`${isReady ? 'ready' : 'away'} ${now}`),
    fault: fault => told.push(`${fault} ${now}`),
    clipped: limit => told.push(`${limit} ${now}`),
    hindered: by => told.push(`${by} ${now}`),
    edge: (button, down) => told.push(`${button} ${down ? 'down' : 'up'} ${now}`),
  });
  const rig = {
    told,
    link,
    driver,
    /** Time goes on, with what falls due on the way. */
    until(at: Ms) {
      for (let due = link.next(); due !== null && due <= at; due = link.next()) {
        now = Math.max(now, due);
        link.due();
      }
      now = at;
      return rig;
    },
    asked(at: Ms) {
      link.asked({ left: 0, right: 0 }, at);
      return rig;
    },
    /** Time goes on while nobody looks. */
    pass(at: Ms) {
      now = at;
      return rig;
    },
    ready(at: Ms) {
      rig.until(at);
      driver.listener?.ready({ firmware: 'Tactus', buildHash: '', epoch: 1 });
      return rig;
    },
    status(at: Ms, state: BoardState = 'disarmed', more: Partial<BoardStatus> = {}) {
      rig.until(at);
      driver.listener?.status({
        boardMs: at,
        state,
        duty: { left: 0, right: 0 },
        leaseLeftMs: 0,
        notes: [],
        pressed: [],
        hindrances: [],
        armOnItsWay: false,
        ...more,
      });
      return rig;
    },
    /** A status arrives now, with nothing done before it. */
    says(state: BoardState) {
      driver.listener?.status({
        boardMs: now,
        state,
        duty: { left: 0, right: 0 },
        leaseLeftMs: 0,
        notes: [],
        pressed: [],
        hindrances: [],
        armOnItsWay: false,
      });
      return rig;
    },
    pressed(at: Ms, ...buttons: Button[]) {
      return rig.status(at, buttons.includes('stop') ? 'stopped' : 'disarmed', { pressed: buttons });
    },
    restarted(at: Ms) {
      rig.until(at);
      driver.listener?.restarted();
      return rig;
    },
    lost(at: Ms) {
      rig.until(at);
      driver.listener?.lost('gone');
      return rig;
    },
  };
  return rig;
}

describe('a board', () => {
  it('is ready when it says so, and away when its line closes', () => {
    expect(linked().ready(10).lost(500).told).toEqual(['ready 10', 'away 500', 'linkLost 500']);
  });

  it('is away when it has been silent for too long', () => {
    const { told } = linked().ready(0).status(500, 'leased').until(2000);
    expect(told).toEqual(['ready 0', 'away 900', 'linkLost 900']);
  });

  it('is back when it speaks again on a line that stayed', () => {
    expect(linked().ready(0).until(1500).status(1600).told.at(-1)).toBe('ready 1600');
  });

  it('is not back by a word on a line that was closed: it has to come ready', () => {
    const rig = linked().ready(0).lost(100).status(150);
    expect(rig.told).toEqual(['ready 0', 'away 100', 'linkLost 100']);
    expect(rig.ready(2100).told.at(-1)).toBe('ready 2100');
  });

  it('says what it says, as long as it is there', () => {
    const rig = linked()
      .ready(0)
      .status(100, 'leased', { duty: { left: 40, right: 0 } });
    expect(rig.link.status?.duty).toEqual({ left: 40, right: 0 });
    expect(rig.link.state).toBe('live');
    expect(rig.lost(150).link.status).toBeNull();
    expect(rig.link.state).toBe('lost');
  });

  it('tells its own edges on', () => {
    const rig = linked().ready(0);
    rig.driver.press('go', true);
    rig.driver.press('go', false);
    expect(rig.told.slice(1)).toEqual(['go down 0', 'go up 0']);
  });
});

describe('a board that starts anew', () => {
  it('is told on the grid, once', () => {
    const { told } = linked().ready(0).status(100).restarted(105).restarted(107).until(900);
    expect(told).toEqual(['ready 0', 'boardReset 120']);
  });

  it('is told also where its silence was noticed first', () => {
    const { told } = linked().ready(0).until(1500).restarted(1605).until(1700);
    expect(told.slice(-1)).toEqual(['boardReset 1620']);
  });
});

describe('a board that would not let itself be armed', () => {
  const untried = { hindrances: ['stopUntried'] } as const;
  const broken = { hindrances: ['motorPath'] } as const;

  it('is told with its reason, and again when it would', () => {
    const rig = linked()
      .ready(0)
      .status(100, 'disarmed', untried)
      .status(200, 'disarmed', untried)
      .status(300);
    expect(rig.told.slice(1)).toEqual(['stopUntried 100', 'away 100', 'ready 300']);
    expect(rig.link.hindrance).toBeNull();
  });

  it('has its STOP tried without a stop of the session, and hears the next press as one', () => {
    const rig = linked().ready(0).status(100, 'disarmed', untried);
    rig.status(200, 'disarmed', { ...untried, pressed: ['stop'] });
    rig.driver.press('stop', true);
    rig.status(300, 'disarmed', untried);
    rig.driver.press('stop', false);
    rig.status(330).pressed(900, 'stop');
    expect(rig.told.slice(3)).toEqual(['ready 330', 'stop down 900']);
  });

  it.each(['motorPath', 'lowSupply'] as const)(
    'says %s when it has said so twice: once is a reading',
    hindrance => {
      const once = { hindrances: [hindrance] };
      const rig = linked().ready(0).status(100, 'disarmed', once).status(200).status(300, 'disarmed', once);
      expect(rig.told).toEqual(['ready 0']);
      expect(rig.status(400, 'disarmed', once).told.slice(1)).toEqual([`${hindrance} 400`, 'away 400']);
    },
  );

  it('in a session is a fault where a drain is low by itself', () => {
    const rig = linked().ready(0).status(50, 'leased');
    rig.link.asked({ left: 0, right: 0 }, 60);
    rig.status(100, 'leased', broken).status(200, 'leased', broken);
    expect(rig.told.slice(1)).toEqual(['motorPath 200', 'dutyMismatch 200', 'away 200']);
  });

  it('is asked anew after its line was lost', () => {
    const rig = linked().ready(0).status(100, 'disarmed', untried).lost(150).ready(300);
    rig.status(400, 'disarmed', untried);
    expect(rig.told.slice(-3)).toEqual(['ready 300', 'stopUntried 400', 'away 400']);
  });
});

describe('a board that plays a session by itself', () => {
  it('may not be armed, is told once, and may again when it is over', () => {
    const rig = linked().ready(0).status(100, 'alone').status(200, 'alone');
    expect(rig.link.hindrance).toBe('alone');
    expect(rig.told.slice(1)).toEqual(['alone 100', 'away 100']);
    expect(rig.status(300).told.slice(3)).toEqual(['ready 300']);
    expect(rig.link.hindrance).toBeNull();
  });

  it('keeps its presses to itself, also one that outlasts its session', () => {
    const rig = linked()
      .ready(0)
      .status(100, 'alone')
      .status(200, 'alone', { pressed: ['stop'] });
    rig
      .status(300, 'alone')
      .status(400, 'alone', { pressed: ['go'] })
      .until(500);
    rig.driver.press('less', true);
    rig.driver.press('less', false);
    rig
      .status(600, 'disarmed', { pressed: ['go'] })
      .until(700)
      .status(800)
      .until(900);
    expect(rig.told.slice(3)).toEqual(['ready 600']);
    expect(rig.pressed(1000, 'stop').told.at(-1)).toBe('stop down 1000');
  });

  it('is stopped all the same where it is driven meanwhile', () => {
    const rig = linked()
      .ready(0)
      .asked(50)
      .status(100, 'alone', { pressed: ['stop'] });
    expect(rig.told).toContain('stop down 100');
  });
});

describe('the stop button', () => {
  it('is heard in the status too: a press too short for anyone else', () => {
    const { told } = linked().ready(0).pressed(100, 'stop').pressed(130);
    expect(told.slice(1)).toEqual(['stop down 100', 'stop up 130']);
  });

  it('is told once while it is down', () => {
    const { told } = linked().ready(0).pressed(100, 'stop').pressed(200, 'stop').pressed(300, 'stop', 'go');
    expect(told.slice(1)).toEqual(['stop down 100']);
  });

  it('that is down from the beginning is a press: it may be a broken wire', () => {
    expect(linked().ready(0).pressed(20, 'stop').told.at(-1)).toBe('stop down 20');
  });

  it('let go while the line was cut is told when the board is heard again', () => {
    const rig = linked().ready(0).pressed(100, 'stop').lost(200).ready(3000).pressed(3100).until(3200);
    expect(rig.told.at(-1)).toBe('stop up 3110');
  });
});

describe('a firmware that holds its own limits', () => {
  it('tells each that bit, once', () => {
    const { told } = linked()
      .ready(0)
      .asked(0)
      .status(100, 'leased', { notes: ['clippedShare'] })
      .status(200, 'leased', { notes: ['clippedShare', 'clippedContinuous'] })
      .status(300, 'leased')
      .status(400, 'leased', { notes: ['clippedShare'] });
    expect(told.slice(1)).toEqual(['clippedShare 100', 'clippedContinuous 200', 'clippedShare 400']);
  });

  it.each(['clippedDuty', 'clippedStagger'] as const)(
    'and says %s tells nobody: what came late was put right, and nothing is missing',
    note => {
      const { told } = linked()
        .ready(0)
        .asked(0)
        .status(100, 'leased', { notes: [note] });
      expect(told.slice(1)).toEqual([]);
    },
  );

  it('and has locked itself is no board until its power was cut', () => {
    const { told } = linked().ready(0).status(100, 'locked').status(200, 'locked').status(300, 'disarmed');
    expect(told.slice(1)).toEqual(['locked 100', 'away 100', 'ready 300']);
  });
});

it('the stop button, moved twice as the line comes back, is told in its order', () => {
  const rig = linked()
    .ready(0)
    .pressed(100, 'stop')
    .lost(200)
    .ready(3000)
    .pressed(3100)
    .pressed(3105, 'stop');
  expect(rig.until(3200).told.slice(-2)).toEqual(['stop up 3105', 'stop down 3105']);
});

describe('an edge that was lost on the line', () => {
  it('is taken from the status, after Johnny-Five had its time', () => {
    const { told } = linked().ready(0).pressed(100, 'less').until(400).pressed(460).until(500);
    expect(told.slice(1)).toEqual(['less down 110', 'less up 470']);
  });

  it('is not told twice where Johnny-Five tells it', () => {
    const rig = linked().ready(0).pressed(100, 'less').until(107);
    rig.driver.press('less', true);
    expect(rig.until(400).told.slice(1)).toEqual(['less down 107']);
  });

  it('is nothing where the next status takes it back', () => {
    expect(linked().ready(0).pressed(100, 'go').pressed(108).until(300).told.slice(1)).toEqual([]);
  });
});

describe('after a stall of the loop', () => {
  it('a board whose word is just being handed over is not silent, whatever falls due first', () => {
    // As the conductor does it: what was due comes before what arrives, at its own time.
    const rig = linked({ dueFirst: true }).ready(0).status(500, 'leased');
    rig.pass(901).says('leased');
    expect([rig.told, rig.link.state, rig.link.next()]).toEqual([['ready 0'], 'live', 1301]);
  });

  it('what was not heard meanwhile is not held against the board', () => {
    const rig = linked().ready(0).status(500, 'leased');
    expect(rig.link.next()).toBe(900);
    // The loop comes back: the conductor tells of the stall before anything falls due.
    rig.pass(2000).link.stalled();
    expect(rig.link.next()).toBe(3000);
    expect(rig.until(2500).told).toEqual(['ready 0']);
  });

  it('a board that was lost before is not back by it', () => {
    const rig = linked().ready(0).lost(100);
    rig.pass(2000).link.stalled();
    expect(rig.link.state).toBe('lost');
  });
});

describe('what a board does against what it was asked', () => {
  it('that let go by itself is a fault', () => {
    const rig = linked().ready(0);
    rig.link.asked({ left: 0, right: 0 }, 100);
    expect(rig.status(150).status(250).told.at(-1)).toBe('leaseLapsed 250');
  });
  it('that drives what nobody asked for is a fault', () => {
    expect(
      linked()
        .ready(0)
        .status(400, 'leased', { duty: { left: 0, right: 90 } })
        .status(500, 'leased', { duty: { left: 0, right: 90 } })
        .told.at(-1),
    ).toBe('dutyMismatch 500');
  });
});
