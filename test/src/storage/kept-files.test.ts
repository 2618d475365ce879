/** Every file that is kept, through all that may befall it: nothing of another is lost, and what is wrong is said. */
import fs, {
  chmodSync,
  chownSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { holderOfFile } from '../../../src/storage/lock.ts';
import { Notices, noticeSentence } from '../../../src/storage/notices.ts';
import {
  flipped,
  inState,
  nothingLost,
  privateAsBefore,
  textDamages,
  used,
  withBytes,
} from '../../support/kept-damage.ts';
import { afterSession, everyFile, keptFiles, neighbourPaths } from '../../support/kept-files.ts';
import { isLong } from '../../support/length.ts';
import { replaced } from '../../support/replaced.ts';
import { seededPlaces } from '../../support/seeded-bytes.ts';

/** Bits that are flipped, and the steps at which a write is killed: in a sample, too, in the midst of its bytes. */
const bits = isLong ? 5 : 2;
const { firstStep, stride } = isLong ? { firstStep: 0, stride: 1 } : { firstStep: 2, stride: 3 };

/** What the disk does: nothing is wrong, it takes no byte, or the process dies at its n-th step. */
const disk = { is: 'fine' as 'fine' | 'full' | 'dying', stepsLeft: 0 };

replaced(fs, real => {
  const died = (): Error => Object.assign(new Error('killed'), { code: 'KILLED' });
  const step = (): void => {
    if (disk.is === 'dying' && disk.stepsLeft-- <= 0) throw died();
  };
  const changing = [
    'renameSync',
    'unlinkSync',
    'rmSync',
    'linkSync',
    'mkdirSync',
    'ftruncateSync',
    'truncateSync',
    'copyFileSync',
  ] as const;
  const wrapped = Object.fromEntries(
    changing.map(name => [
      name,
      (...args: unknown[]) => {
        step();
        return (real[name] as (...args: unknown[]) => unknown)(...args);
      },
    ]),
  );
  const { O_WRONLY, O_RDWR } = real.constants;
  return {
    ...wrapped,
    // No power goes here: to wait for the disk thousands of times would tell nothing more.
    fsyncSync: () => {},
    fdatasyncSync: () => {},
    openSync: (path: string, flags: string | number, mode?: number) => {
      if (typeof flags === 'string' ? flags !== 'r' : (flags & (O_WRONLY | O_RDWR)) !== 0) step();
      return real.openSync(path, flags, mode);
    },
    writeSync: (file: number, ...rest: unknown[]) => {
      if (disk.is === 'full') throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' });
      const write = real.writeSync as (file: number, ...rest: unknown[]) => number;
      if (disk.is !== 'dying' || disk.stepsLeft-- > 0) return write(file, ...rest);
      // Power goes in the midst of a write.
      const [bytes] = rest;
      if (bytes instanceof Uint8Array && disk.stepsLeft === -1)
        write(file, bytes.subarray(0, bytes.length / 2));
      throw died();
    },
  };
});

/** As an account that has no rights of its own; who runs tests as root would else be refused nothing. */
async function asNobody(state: string, deed: () => void | Promise<void>): Promise<void> {
  const isRoot = process.geteuid?.() === 0;
  if (!isRoot) return await deed();
  const nobody = 65_534;
  chownSync(state, nobody, nobody);
  for (const path of [...everyFile(state).keys(), 'history', 'routines'])
    chownSync(join(state, path), nobody, nobody);
  process.seteuid?.(nobody);
  try {
    await deed();
  } finally {
    process.seteuid?.(0);
  }
}

const quiet = new Set(['BOM', 'CRLF']);
/** The record of the network is only added to: nobody reads it here. */
const isUnread = (name: string): boolean => name === 'what phones asked for';

describe.each(keptFiles)('$name', kept => {
  it('is nothing where there is none', async () => {
    await inState(kept, async state => {
      if (kept.name === 'preferences') return;
      rmSync(join(state, kept.path));
      const notices = new Notices();
      expect(() => kept.look(state, notices.say)).not.toThrow();
      expect(await used(kept, state, notices)).toBeNull();
      // With nothing seen before, fifty days since the last session may be a leap.
      if (kept.name !== 'what was seen') expect(notices.all).toEqual([]);
      privateAsBefore(state);
    });
  });

  it('of other text loses nothing, and says what is wrong with the file and what to do', async () => {
    await inState(kept, async first => {
      const good = kept.look(first, () => {});
      for (const [name, text] of textDamages(kept, first))
        await inState(kept, async state => {
          const said = await withBytes(kept, state, Buffer.from(text), good);
          const told = said.filter(sentence => sentence.includes(join(state, kept.path)));
          // A journal, or a record, that has not begun is nothing to be told.
          const isNothing = text === '' && (kept.name === 'a journal' || isUnread(kept.name));
          const isKnown = kept.name === 'a session' && name === 'one unknown field';
          if (quiet.has(name) || isNothing || isUnread(kept.name) || isKnown) return;
          if (kept.name === 'screening') return;
          expect([kept.name, name, told.length > 0, told.length]).toEqual([
            kept.name,
            name,
            true,
            new Set(told).size,
          ]);
        });
    });
  });

  it('with any one bit flipped loses nothing', async () => {
    await inState(kept, async first => {
      const good = kept.look(first, () => {});
      const bytes = readFileSync(join(first, kept.path));
      for (const bit of seededPlaces(bytes.length * 8, bits))
        await inState(kept, async state => {
          await withBytes(kept, state, flipped(bytes, bit), good);
        });
    });
  });

  it('that may not be read is left as it is, and said', async () => {
    await inState(kept, async state => {
      const path = join(state, kept.path);
      const before = everyFile(state);
      const notices = new Notices();
      let thrown: string | null = null;
      await asNobody(state, async () => {
        chmodSync(path, 0);
        expect(() => kept.look(state, notices.say)).not.toThrow();
        thrown = await used(kept, state, notices);
        if (kept.name !== 'what was seen') expect(afterSession(state, () => {}).isKept).toBe(false);
        rmSync(`${path}.lock`, { force: true });
      });
      const said = [...notices.all.map(noticeSentence), ...(thrown === null ? [] : [String(thrown)])];
      if (!kept.isReplaced || kept.name === 'a routine')
        nothingLost(state, kept, before.get(kept.path) ?? Buffer.alloc(0), before);
      expect([
        kept.name,
        said.some(sentence => sentence.includes('EACCES') || sentence.includes(path)),
      ]).toEqual([kept.name, true]);
    });
  });

  it('in a folder that takes nothing is as it was', async () => {
    await inState(kept, async state => {
      const before = everyFile(state);
      const notices = new Notices();
      await asNobody(state, async () => {
        for (const folder of [state, join(state, 'history'), join(state, 'routines')])
          chmodSync(folder, 0o500);
        chmodSync(join(state, kept.path), 0o400);
        expect(() => kept.look(state, notices.say)).not.toThrow();
        await used(kept, state, notices);
        expect(afterSession(state, () => {}).isKept).toBe(false);
        for (const folder of [state, join(state, 'history'), join(state, 'routines')])
          chmodSync(folder, 0o700);
      });
      expect([...everyFile(state)].map(([path, bytes]) => [path, bytes.toString('latin1')])).toEqual(
        [...before].map(([path, bytes]) => [path, bytes.toString('latin1')]),
      );
    });
  });

  it('with a folder in its place is said, and the folder stays', async () => {
    await inState(kept, async state => {
      const path = join(state, kept.path);
      rmSync(path);
      mkdirSync(path);
      writeFileSync(join(path, 'precious'), 'precious');
      const notices = new Notices();
      expect(() => kept.look(state, notices.say)).not.toThrow();
      const thrown = await used(kept, state, notices);
      expect([...everyFile(state).values()].some(bytes => bytes.toString() === 'precious')).toBe(true);
      const said = [...notices.all.map(noticeSentence), thrown ?? ''].join();
      if (!isUnread(kept.name) && kept.name !== 'a session') expect(said).toContain(path);
      if (kept.name !== 'what was seen') privateAsBefore(state);
    });
  });

  it('that is a link never changes what it points to', async () => {
    await inState(kept, async state => {
      const path = join(state, kept.path);
      const target = join(state, 'elsewhere');
      const bytes = readFileSync(path);
      writeFileSync(target, bytes);
      rmSync(path);
      symlinkSync(target, path);
      const notices = new Notices();
      expect(() => kept.look(state, notices.say)).not.toThrow();
      await used(kept, state, notices);
      expect(readFileSync(target).equals(bytes)).toBe(true);
      privateAsBefore(state);
    });
  });

  it('on a full disk is as it was', async () => {
    await inState(kept, async state => {
      const before = everyFile(state);
      const good = kept.look(state, () => {});
      const notices = new Notices();
      disk.is = 'full';
      const thrown = await used(kept, state, notices).finally(() => {
        disk.is = 'fine';
      });
      const isPutAway = kept.isReplaced || kept.name === 'a journal';
      if (!isPutAway) expect(kept.look(state, () => {})).toEqual(good);
      if (!isPutAway) nothingLost(state, kept, before.get(kept.path) ?? Buffer.alloc(0), before);
      if (kept.name !== 'the certificate' && kept.name !== 'screening')
        expect([kept.name, thrown !== null || notices.all.length > 0]).toEqual([kept.name, true]);
    });
  });

  it('killed at any step of a write is the old or the new one, and the next write goes through', async () => {
    let steps = firstStep;
    for (; steps < 60; steps += stride) {
      let isOver = false;
      await inState(kept, async state => {
        const before = everyFile(state);
        const old = JSON.stringify(kept.look(state, () => {}));
        disk.is = 'dying';
        disk.stepsLeft = steps;
        await used(kept, state, new Notices()).finally(() => {
          disk.is = 'fine';
        });
        isOver = disk.stepsLeft >= 0;
        for (const path of neighbourPaths)
          expect([
            kept.name,
            steps,
            path,
            everyFile(state)
              .get(path)
              ?.equals(before.get(path) ?? Buffer.alloc(0)),
          ]).toEqual([kept.name, steps, path, true]);
        privateAsBefore(state);
        const between = JSON.stringify(kept.look(state, () => {}));
        // The note of the process that died: it lives on here, so its number is made one that nobody has.
        const lock = `${join(state, kept.path)}.lock`;
        if (everyFile(state).has(`${kept.path}.lock`))
          writeFileSync(lock, readFileSync(lock, 'utf8').replace(`"pid":${process.pid}`, '"pid":4999999'));
        expect(await used(kept, state, new Notices())).toBeNull();
        const after = JSON.stringify(kept.look(state, () => {}));
        if (!kept.isReplaced)
          expect([kept.name, steps, [old, after].includes(between)]).toEqual([kept.name, steps, true]);
        expect(holderOfFile(join(state, kept.path))).toBeNull();
      });
      if (isOver) break;
    }
    expect(steps).toBeLessThan(60);
  });
});
