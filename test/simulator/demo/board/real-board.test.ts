/** A bare board behind a browser's serial port, in virtual time: flashed byte for byte, or told what to do. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chipFlashBytes, FlashError, flash } from '../../../../hardware/flash/flash.ts';
import { contractVersion, encode, type LeaseFields } from '../../../../hardware/lease.ts';
import { boardWords } from '../../../../machines/text/board.ts';
import { fill } from '../../../../machines/text/text.ts';
import { Bootloader, type BootloaderOptions } from '../../../../simulator/avr/bootloader.ts';
import { loadHex } from '../../../../simulator/avr/hex.ts';
import { RealBoard, type SessionsOnPort } from '../../../../simulator/demo/board/real-board.ts';
import { webBootLines } from '../../../../simulator/demo/board/web-boot-line.ts';
import {
  BoardTrouble,
  type FlashStage,
  type StopKind,
} from '../../../../simulator/page/board/board-tools.ts';
import { firmwareNames, packageRoot } from '../../../../src/installed.ts';
import type { PluggedBoard } from '../../../support/serial-board.ts';
import { type WebPortOptions, WireWebPort } from '../../../support/web-port.ts';
import { Wire } from '../../../support/wire.ts';
import { World } from '../../../support/world.ts';

const { trouble } = boardWords;
const shipped = (stop: StopKind): Uint8Array =>
  loadHex(
    readFileSync(join(packageRoot, 'hardware', 'firmware', `${firmwareNames.uno[stop]}.hex`), 'utf8'),
    chipFlashBytes,
  );

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

const portOf = (plugged: PluggedBoard, options: WebPortOptions = {}): WireWebPort =>
  world.webPort(plugged.path, options);
const boardOn = (port: WireWebPort, sessions: SessionsOnPort | null = null): RealBoard =>
  new RealBoard(port, () => sessions, world.clock);
const bare = (options: BootloaderOptions = {}): PluggedBoard => world.plug({ bare: options });
const flashed = (port: WireWebPort, stop: StopKind = 'normallyClosed'): Promise<FlashStage[]> => {
  const stages: FlashStage[] = [];
  return world.resolved(
    boardOn(port)
      .flash(stop, stage => stages.push(stage))
      .then(() => stages),
  );
};
/** The sentence that it ended with. */
const sentence = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'it went well',
    (error: unknown) => {
      expect(error).toBeInstanceOf(BoardTrouble);
      return error instanceof BoardTrouble ? error.message : '';
    },
  );

describe.each([
  ['optiboot', 'normallyClosed', [115_200]],
  ['old', 'normallyOpen', [115_200, 57_600]],
] as const)('a bare board with the bootloader "%s"', (kind, stop, speeds) => {
  it('is reset by DTR, written byte for byte, and says HELLO; each stage is told, and progress never falls', async () => {
    const plugged = bare({ kind });
    const port = portOf(plugged);
    const stages = await flashed(port, stop);
    const firmware = shipped(stop);
    expect(plugged.image.findIndex((byte, index) => byte !== firmware[index])).toBe(-1);
    expect(port.told.slice(0, 3)).toEqual(['open 115200', 'low', 'high']);
    expect(stages.flatMap(stage => (stage.at === 'looking' ? [stage.baud] : []))).toEqual(speeds);
    const done = stages.flatMap(stage =>
      stage.at === 'writing' ? [stage.done] : stage.at === 'checking' ? [stage.of + stage.done] : [],
    );
    expect(done).toEqual(done.toSorted((one, other) => one - other));
    expect(stages.at(-1)).toEqual({ at: 'starting' });
    expect(await world.resolved(boardOn(port).look())).toEqual({ is: 'ours', stop });
    expect(port.readable).toBeNull();
  });
});

describe('the cable', () => {
  /** Three pages of nothing but their numbers. */
  const small = new Uint8Array(chipFlashBytes).fill(0xff);
  small.set(Array.from({ length: 2.5 * 128 }, (_, index) => index % 251));
  const isStill = (image: Uint8Array): boolean => image[0] === 0xff && image[1] === 0xcf;
  const isBlank = (image: Uint8Array): boolean => image.every(byte => byte === 0xff);
  const isWhole = (image: Uint8Array): boolean => Buffer.from(image).equals(Buffer.from(small));

  /** A chip with its bootloader and nothing that could run beside it, until its power goes. */
  function chipOn(wire: Wire, image: Uint8Array): () => void {
    const { clock } = world;
    const bootloader = new Bootloader(image);
    let isOn = true;
    const look = (): void => {
      if (!isOn) return;
      const bytes = wire.boardEnd.read();
      // Whoever opens it, or pulls DTR, resets it.
      if (bytes === null) bootloader.begin(clock.now());
      else wire.boardEnd.write(bootloader.take(bytes, wire.boardEnd.baud, clock.now()));
      clock.at(clock.now() + 5, look);
    };
    look();
    return () => {
      isOn = false;
      wire.boardEnd.close();
    };
  }

  /** How it ended, and with what on the board. */
  async function flashedUntil(cutAfterBytes: number, image = new Uint8Array(chipFlashBytes).fill(0xff)) {
    const wire = new Wire('/dev/ttyBare');
    const powerGoes = chipOn(wire, image);
    const port = new WireWebPort(wire, { cutAfterBytes }, powerGoes);
    const end = await world.resolved(
      flash(webBootLines(port, world.clock), small).then(
        () => 'done' as const,
        (error: unknown) => (error instanceof FlashError ? error.why : ('gone' as const)),
      ),
    );
    powerGoes();
    return { end, image, port };
  }

  it('pulled after any byte leaves the board as it was, or standing still, or whole; flashing again completes it', async () => {
    const all = (await flashedUntil(Number.POSITIVE_INFINITY)).port.passed;
    const grid = Array.from({ length: 10 }, (_, index) => Math.floor((index * all) / 10) + 1);
    let halves = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: all }), async bytes => {
        const { end, image, port } = await flashedUntil(bytes);
        expect(isBlank(image) || isStill(image) || isWhole(image), `${bytes} of ${all}: ${end}`).toBe(true);
        expect(port.readable).toBeNull();
        if (end === 'gone') expect(isBlank(image)).toBe(true);
        if (end === 'done') expect(isWhole(image)).toBe(true);
        if (end !== 'halfWritten') return;
        halves += 1;
        const again = await flashedUntil(Number.POSITIVE_INFINITY, image);
        expect(again.end).toBe('done');
        expect(isWhole(again.image)).toBe(true);
      }),
      { numRuns: 28, examples: grid.map(bytes => [bytes] as [number]) },
    );
    expect(halves).toBeGreaterThan(10);
  });

  it.each([
    ['before its bootloader has answered', 3, trouble.gone, 'choose', false],
    ['in the middle of writing', 9000, trouble.half, 'again', true],
    ['while it is read back', 16_000, trouble.half, 'again', true],
  ] as const)('pulled %s is told in a sentence, with what to press', async (_, bytes, says, next, isHalf) => {
    const board = boardOn(portOf(bare(), { cutAfterBytes: bytes }));
    const error = await world.resolved(board.flash('normallyClosed', () => {}).catch((why: unknown) => why));
    expect(error).toMatchObject({ name: 'BoardTrouble', message: says, next, isHalf });
    expect(board.isThere()).toBe(false);
  });

  it('pulled while the new firmware is asked who it is: all of it is on the board, and that is said', async () => {
    const plugged = bare();
    const port = portOf(plugged);
    const stages: string[] = [];
    const flashing = boardOn(port).flash('normallyClosed', ({ at }) => {
      stages.push(at);
      if (at === 'starting') world.clock.at(world.clock.now() + 30, () => port.pull());
    });
    expect(await world.resolved(sentence(flashing))).toBe(trouble.mute);
    expect(Buffer.from(plugged.image).equals(Buffer.from(shipped('normallyClosed')))).toBe(true);
  });

  it('pulled while one looks what is on the board', async () => {
    const port = portOf(world.plug(), { cutAfterBytes: 10 });
    expect(await world.resolved(sentence(boardOn(port).look()))).toBe(trouble.gone);
  });
});

describe('a board that is not to be flashed', () => {
  it.each([
    ['named', [0x1e, 0x94, 0x06], fill(trouble.otherChipNamed, { chip: 'ATmega168', signature: '1E 94 06' })],
    ['nobody knows', [1, 2, 3], fill(trouble.otherChip, { signature: '01 02 03' })],
  ] as const)('has another chip, which is %s, and nothing is written', async (_, signature, says) => {
    const plugged = bare({ signature });
    const error = boardOn(portOf(plugged)).flash('normallyClosed', () => {});
    expect(await world.resolved(sentence(error))).toBe(says);
    expect(plugged.bootloader?.pagesWritten).toBe(0);
  });

  it('has no bootloader that answers, which takes seconds and not for ever', async () => {
    const begun = world.clock.now();
    const error = boardOn(portOf(world.plug())).flash('normallyClosed', () => {});
    expect(await world.resolved(sentence(error))).toBe(trouble.silent);
    expect(world.clock.now() - begun).toBeLessThan(6000);
  });

  it('keeps another byte than was written', async () => {
    const error = boardOn(portOf(bare({ wornAt: 4099 }))).flash('normallyClosed', () => {});
    expect(await world.resolved(sentence(error))).toBe(trouble.differs);
  });

  it('has sessions running on it: its port is not even opened', async () => {
    const port = portOf(world.plug());
    const board = boardOn(port, { isOn: () => true, use: async () => {}, letGo: async () => {} });
    const inUse = trouble.goneInSession;
    expect(await world.resolved(sentence(board.flash('normallyClosed', () => {})))).toBe(inUse);
    expect(await world.resolved(sentence(board.look()))).toBe(inUse);
    expect(port.told).toEqual([]);
  });
});

describe('a browser', () => {
  it('whose port another tab or program has is told so', async () => {
    const board = boardOn(portOf(bare(), { isTaken: true }));
    expect(await world.resolved(sentence(board.look()))).toBe(trouble.taken);
    const port = portOf(bare(), { isTaken: true });
    const use = (): Promise<void> => port.open({ baudRate: 57_600 });
    const inSessions = boardOn(port, { isOn: () => false, use, letGo: async () => {} });
    expect(await world.resolved(sentence(inSessions.useForSessions()))).toBe(trouble.taken);
    expect(await world.resolved(sentence(board.flash('normallyClosed', () => {})))).toBe(trouble.taken);
  });

  it.each(['open', 'write', 'setSignals', 'close'] as const)(
    'that never answers "%s" is not waited for: it ends within half a minute, and well where nothing is lost by it',
    async hangs => {
      const begun = world.clock.now();
      const plugged = bare();
      const board = boardOn(portOf(plugged, { hangs }));
      const end = await world.resolved(sentence(board.flash('normallyClosed', () => {})));
      expect(world.clock.now() - begun).toBeLessThan(30_000);
      if (hangs === 'setSignals') expect(end).toBe('it went well');
      else expect(end).not.toBe('');
    },
  );
});

describe('what is on a board', () => {
  const hello = (fields: Partial<LeaseFields<'hello'>>): Uint8Array =>
    encode('hello', {
      ...{ contract: contractVersion, buildHash: 7, resetCause: 0, epoch: 1, nonce: 2, runningDuty: 100 },
      ...{ kickDuty: 100, leaseMs: 250, share: 40, continuousMs: 3000 },
      ...fields,
    });
  const firmataName = (name: string): Uint8Array =>
    Uint8Array.of(0xf0, 0x79, 2, 5, ...[...name].flatMap(letter => [letter.charCodeAt(0), 0]), 0xf7);
  const text = (line: string): Uint8Array => Uint8Array.from([...line].map(letter => letter.charCodeAt(0)));

  it.each([
    ['a Tactus of another build', hello({}), { is: 'otherBuild' }],
    ['a Tactus of another version', hello({ contract: contractVersion + 1 }), { is: 'otherVersion' }],
    ['one that would drive harder', hello({ runningDuty: 255 }), { is: 'otherVersion' }],
    ['Firmata', firmataName('StandardFirmata.ino'), { is: 'otherFirmware', name: 'StandardFirmata' }],
    ['Firmata, whose name is no text', firmataName('\u0007\n'), { is: 'otherFirmware', name: '' }],
    ['a sketch that prints', text('Temperature: 21.5\r\n'), { is: 'unknown' }],
    ['what a plug makes of a line', Uint8Array.of(0, 0xff), { is: 'silent' }],
    ['nothing that is heard', new Uint8Array(0), { is: 'silent' }],
  ] as const)('is told: %s', async (_, says, found) => {
    const wire = new Wire('/dev/ttyOther');
    // As after a reset: it begins when its bootloader has given up.
    let openFor = 0;
    const look = (): void => {
      if (wire.boardEnd.read() !== null) openFor += 1;
      if (openFor === 170) wire.boardEnd.write(says);
      else world.clock.at(world.clock.now() + 10, look);
    };
    look();
    const begun = world.clock.now();
    expect(await world.resolved(boardOn(new WireWebPort(wire)).look())).toEqual(found);
    expect(world.clock.now() - begun).toBeLessThan(10_000);
  });

  it.each([
    [0x2341, 0x0043, 'uno'],
    [0x1a86, 0x7523, 'clone'],
    [0x2341, 0x0042, 'mega'],
    [0x2341, 0x0069, 'otherBoard'],
    [0x1234, 0x0001, 'unknown'],
  ] as const)('is told by its USB: %i:%i is %s', (vendorId, productId, kind) => {
    expect(boardOn(portOf(world.plug(), { vendorId, productId })).kind).toBe(kind);
  });
});
