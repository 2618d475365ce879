/** A routine within an address comes out as it went in, or not at all. */
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { routineLimits } from '../../../../machines/limits.ts';
import { library } from '../../../../machines/routine/library.ts';
import { drawn } from '../../../../simulator/page/common/qr.ts';
import { sharedCode, sharedText } from '../../../../simulator/page/routines/share.ts';

const coded = (bytes: Buffer): string => `~${deflateRawSync(bytes).toString('base64url')}`;

describe('a shared routine', () => {
  it.each(library().map(routine => [routine.id, routine] as const))(
    '%s comes out whole, and can be scanned',
    async (_, routine) => {
      const code = await sharedCode(routine);
      expect(JSON.parse((await sharedText(code)) ?? '')).toEqual(JSON.parse(JSON.stringify(routine)));
      expect(encodeURIComponent(code.slice(1))).toBe(code.slice(1));
      expect(drawn(`http://192.168.100.100:7410/#write/${code}`)).not.toBeNull();
    },
  );

  it('that was cut, changed or is no routine at all throws nothing', async () => {
    const [first] = library();
    const code = await sharedCode(first ?? {});
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: code.length }),
        fc.string({ maxLength: 40 }),
        async (at, put) => {
          const text = await sharedText(code.slice(0, at) + put);
          expect(text === null || typeof text === 'string').toBe(true);
        },
      ),
      { numRuns: 60 },
    );
    for (const other of ['', '~', '~%', 'evening-legs', `~${'A'.repeat(70_000)}`])
      expect([other.slice(0, 20), (await sharedText(other)) ?? '']).toEqual([other.slice(0, 20), '']);
  });

  it('that unpacks to more than a file may hold is refused, however short it is', async () => {
    const bomb = coded(Buffer.alloc(40 * 1024 * 1024, 32));
    expect(bomb.length).toBeLessThan(64 * 1024);
    expect(await sharedText(bomb)).toBeNull();
    const largest = Buffer.alloc(routineLimits.fileBytes, 32);
    expect((await sharedText(coded(largest)))?.length).toBe(routineLimits.fileBytes);
  });

  it('that is no text is refused', async () => {
    expect(await sharedText(coded(Buffer.from([0xff, 0xfe, 0xc0])))).toBeNull();
  });
});
