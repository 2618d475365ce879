/** `cues play` as a process, on the emulated board in its worker. */
import { describe, expect, it } from 'vitest';
import { tactus } from '../support/cli.ts';

describe('tactus cues', () => {
  it('play plays one on the emulated board, and the firmware confirms that it is over', async () => {
    const { code, out, err } = await tactus(['cues', 'play', 'TAP']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^TAP: .*; motors off, confirmed\n$/);
  });
});
