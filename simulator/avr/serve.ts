/** A worker's side of the messages: one paced Uno, begun by `start`. */
import type { FromBoard, ToBoard } from './messages.ts';
import { Paced, type RealTimePorts } from './paced.ts';
import { triedUno } from './tried.ts';

type Post = (message: FromBoard) => void;

function begin(message: Extract<ToBoard, { type: 'start' }>, surroundings: RealTimePorts, post: Post): Paced {
  const { seed, eeprom } = message;
  const uno = triedUno(message.hex, { ...(seed !== undefined && { seed }), ...(eeprom && { eeprom }) });
  const paced = new Paced(uno, surroundings);
  post({ type: 'ready' });
  paced.start();
  return paced;
}

/** Returns what to do with each message to the board. */
export function serveBoard(time: Omit<RealTimePorts, 'post'>, post: Post): (message: ToBoard) => void {
  let paced: Paced | undefined;
  return message => {
    if (message.type === 'start') {
      paced?.stop();
      paced = begin(message, { ...time, post }, post);
      return;
    }
    if (!paced) throw new Error(`the board was sent "${message.type}" before "start"`);
    if (message.type === 'write') paced.write(message.bytes);
    else if (message.type === 'setPin') paced.setPin(message.pin, message.drive);
    else if (message.type === 'press') paced.press(message.button);
    else if (message.type === 'release') paced.release(message.button);
    else if (message.type === 'reset') paced.reset(message.cause);
    else paced.cutLine();
  };
}
