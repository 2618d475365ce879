/** The worker's line to a board, joined to a line of a test: what a page with a serial port does between them. */
import type { ReopeningLine } from '../../hardware/reopening.ts';
import { RelayedLine } from '../../simulator/demo/board/relayed-line.ts';

export async function relayTo(
  port: ReopeningLine,
): Promise<Readonly<{ line: RelayedLine; pullOut(): void }>> {
  await port.open();
  const line = new RelayedLine(bytes => port.write(bytes));
  port.on('data', bytes => line.receive(bytes));
  const pullOut = (): void => {
    port.close();
    line.leave();
  };
  port.once('close', pullOut);
  return { line, pullOut };
}
