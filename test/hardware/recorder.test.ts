import { describe, expect, it } from 'vitest';
import type { DriverListener } from '../../hardware/driver.ts';
import { Recorder } from '../../hardware/recorder.ts';

function heard(driver: Recorder): string[] {
  const told: string[] = [];
  const listener: DriverListener = {
    ready: () => told.push('ready'),
    edge: (button, down) => told.push(`${button} ${down ? 'down' : 'up'}`),
    status: () => told.push('status'),
    silence: state => told.push(state),
    lost: why => told.push(why),
    restarted: () => told.push('restarted'),
  };
  driver.listen(listener);
  return told;
}

describe('a driver that only remembers', () => {
  it('remembers what it was told, the newest of it', () => {
    const driver = new Recorder(3);
    driver.arm();
    driver.apply({ left: 0, right: 0.8 }, 250);
    driver.hush();
    driver.arm();
    expect(driver.orders).toEqual([
      { type: 'apply', frame: { left: 0, right: 0.8 }, leaseMs: 250 },
      { type: 'hush' },
      { type: 'arm' },
    ]);
  });

  it('remembers nothing where nobody will ask: a long session must not fill the memory', () => {
    const driver = new Recorder();
    for (let count = 0; count < 1000; count++) driver.arm();
    expect(driver.orders).toEqual([]);
  });

  it('tells edges, once each', () => {
    const driver = new Recorder();
    const told = heard(driver);
    driver.press('go', true);
    driver.press('go', true);
    driver.press('go', false);
    driver.press('less', false);
    expect(told).toEqual(['go down', 'go up']);
  });

  it('without its line tells nothing but that, once', () => {
    const driver = new Recorder();
    const told = heard(driver);
    driver.unplug();
    driver.unplug();
    driver.press('go', true);
    driver.press('go', false);
    driver.restart();
    driver.ready();
    expect(told).toEqual(['unplugged']);
  });

  it('back on its line tells what was let go meanwhile, and is ready when it is', () => {
    const driver = new Recorder();
    const told = heard(driver);
    driver.press('stop', true);
    driver.unplug();
    driver.press('stop', false);
    driver.replug();
    driver.feel();
    expect(told).toEqual(['stop down', 'unplugged', 'stop up']);
    driver.ready();
    driver.restart();
    expect(told.slice(3)).toEqual(['ready', 'restarted']);
  });

  it('shows whether it is lit, and says nothing once closed', () => {
    const driver = new Recorder();
    const told = heard(driver);
    driver.light(true);
    expect(driver.lit).toBe(true);
    driver.close();
    driver.press('go', true);
    expect(told).toEqual([]);
  });
});
