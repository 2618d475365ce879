/** What went wrong with a board, as a sentence for whoever sits before it, with the one thing to do. */
import { FlashError } from '../../../hardware/flash/flash.ts';
import { boardWords } from '../../../machines/text/board.ts';
import { fill } from '../../../machines/text/text.ts';
import { BoardTrouble } from '../../page/board/board-tools.ts';
import type { WebPort } from './web-port.ts';

const words = boardWords.trouble;

const isNamed = (error: unknown, names: readonly string[]): boolean =>
  error instanceof DOMException && names.includes(error.name);

function ofFlash({ why, chip }: FlashError): BoardTrouble {
  if (why === 'halfWritten') return new BoardTrouble(words.half, 'again', true);
  if (why === 'silent') return new BoardTrouble(words.silent, 'again');
  if (why === 'differs') return new BoardTrouble(words.differs, 'again', true);
  if (why === 'tooLarge') return new BoardTrouble(words.tooLarge, 'choose');
  const { signature = '', name } = chip ?? {};
  return new BoardTrouble(
    name === undefined
      ? fill(words.otherChip, { signature })
      : fill(words.otherChipNamed, { signature, chip: name }),
    'choose',
  );
}

/** The browser has one error for a port that another has open, and for one that is gone; some tell them apart. */
export function troubleOf(error: unknown, port: Pick<WebPort, 'connected'>): BoardTrouble {
  if (error instanceof BoardTrouble) return error;
  if (error instanceof FlashError) return ofFlash(error);
  if (port.connected === false) return new BoardTrouble(words.gone, 'choose');
  if (isNamed(error, ['NetworkError', 'InvalidStateError'])) return new BoardTrouble(words.taken, 'again');
  return new BoardTrouble(words.gone, 'choose');
}
