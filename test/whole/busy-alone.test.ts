/** A board that plays a session by itself, met by hosts: the emulated one, whose every STATUS says so. */
import { afterEach, expect, it } from 'vitest';
import { InboundFilter } from '../../hardware/inbound.ts';
import { boardStates, decode, encode } from '../../hardware/lease.ts';
import type { ReopeningLine } from '../../hardware/reopening.ts';
import { catalogue } from '../../machines/text/text.ts';
import { usbUno } from '../support/serial-board.ts';
import { World } from '../support/world.ts';

let world: World | null = null;
afterEach(() => {
  world?.close();
  world = null;
});

/** Whatever comes over this line, a STATUS in it calls the board alone. */
function callsItAlone(line: ReopeningLine): ReopeningLine {
  const emit = line.emit.bind(line);
  const filter = new InboundFilter({
    ours: (command, message) => {
      const status = command === 'status' ? decode('status', message) : undefined;
      emit('data', status ? encode('status', { ...status, state: boardStates.indexOf('alone') }) : message);
    },
    firmata: message => emit('data', message),
  });
  line.emit = (name: string | symbol, ...values: unknown[]) => {
    const [bytes] = values;
    if (name !== 'data' || !(bytes instanceof Uint8Array)) return emit(name, ...values);
    filter.take(bytes);
    return true;
  };
  return line;
}

function withBoard() {
  world = new World();
  const { path } = world.plug();
  const { lineTo } = world.surroundings();
  return { world, path, around: { lineTo: (name: string) => callsItAlone(lineTo(name)) } };
}

it('doctor says that it is, what to do, and nothing that would be wrong of another', async () => {
  const { world, path, around } = withBoard();
  const { code, out } = await world.ran(['doctor', path], { ports: [usbUno(path)], around });
  expect(out).toContain('wrong  it plays a session by itself');
  expect(out.trimEnd().split('\n').at(-1)).toContain('let it finish, or press STOP on it.');
  expect(out).not.toMatch(/motors are found at rest|no button is down/);
  expect(code).toBe(75);
});

it('a session on it does not begin, and is told why', async () => {
  const { world, path, around } = withBoard();
  const running = world.run(['start', '--headless', '--routine', 'first-touch', '--board', path], {
    ports: [usbUno(path)],
    around,
  });
  await running.until(catalogue.refusals.next.boardAlone, 30_000);
  running.interrupt();
  expect(await running.ended()).toBe(130);
});
