/**
 * One set of rules for every driver: on a board that is only remembered, on the emulated one in this process, and on
 * the emulated one behind a pseudo-terminal, through serialport.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { behindSerial, inProcess, remembered, type Stand } from '../support/stands.ts';

const full = { left: 1, right: 0 };

describe.each([
  ['remembered', remembered],
  ['emulated in this process', inProcess],
  ['emulated behind a serial port', behindSerial],
] as const)('a driver on a board that is %s', (_, build) => {
  let stand: Stand;
  let told: string[];

  beforeEach(async () => {
    stand = await build();
    told = [];
    stand.driver.listen({
      ready: () => told.push('ready'),
      edge: (button, down) => told.push(`${button} ${down ? 'down' : 'up'}`),
      status: () => {},
      silence: () => {},
      lost: () => told.push('lost'),
      restarted: () => told.push('restarted'),
    });
    await stand.pass(60);
  }, 30_000);
  afterEach(async () => {
    await stand.close();
  });

  /** Renewed as the conductor does, for so long. */
  const apply = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 100) {
      stand.driver.apply(full, 250);
      await stand.pass(Math.min(100, left));
    }
  };
  const driving = async (): Promise<void> => {
    stand.driver.arm();
    await apply(200);
  };

  test('tells each press and each release once', async () => {
    for (const button of ['go', 'less'] as const) {
      stand.press(button, true);
      await stand.pass(80);
      stand.press(button, false);
      await stand.pass(80);
    }
    expect(told).toEqual(['go down', 'go up', 'less down', 'less up']);
  }, 20_000);

  test('drives nothing that was not armed', async () => {
    await apply(200);
    expect(stand.driven()).toBe(false);
  }, 20_000);

  test('drives what was armed and asked, and nothing after a hush', async () => {
    await driving();
    expect(stand.driven()).toBe(true);
    stand.driver.hush();
    await stand.pass(60);
    expect(stand.driven()).toBe(false);
    await apply(200);
    expect(stand.driven()).toBe(false);
  }, 20_000);

  test('without its line says so once, drives nothing, and is not armed by coming back', async () => {
    await driving();
    stand.unplug();
    await stand.pass(400);
    expect(told).toEqual(['lost']);
    expect(stand.driven()).toBe(false);
    await stand.replug();
    for (let waited = 0; waited < 5000 && !told.includes('ready'); waited += 50) await stand.pass(50);
    expect(told).toEqual(['lost', 'ready']);
    await apply(300);
    expect(stand.driven()).toBe(false);
    // A person says so: now it may.
    stand.driver.arm();
    await apply(300);
    expect(stand.driven()).toBe(true);
  }, 30_000);

  test('tells that the board started anew, and drives nothing on its own after that', async () => {
    await driving();
    stand.restart();
    await stand.pass(300);
    expect(told).toEqual(['restarted']);
    await apply(300);
    expect(stand.driven()).toBe(false);
  }, 20_000);

  test('says nothing more once it is closed', async () => {
    stand.driver.close();
    stand.press('go', true);
    await stand.pass(80);
    expect(told).toEqual([]);
  }, 20_000);
});
