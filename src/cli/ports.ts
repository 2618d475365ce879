/** `tactus ports`: the serial ports there are, and what is on them. */
import type { Command } from 'commander';
import { kindOf } from '../../hardware/board-kind.ts';
import type { FoundPort } from '../../hardware/find.ts';
import { commandWords } from '../../machines/text/commands.ts';
import { terminalWords } from '../../machines/text/terminal.ts';
import { fill } from '../../machines/text/text.ts';
import { shown } from '../app/exit.ts';
import { holderOf } from '../app/port-lock.ts';
import { stateFolder } from '../app/state-folder.ts';
import type { Surroundings } from '../app/surroundings.ts';

const words = terminalWords.ports;

const told = (port: FoundPort) => ({
  ...port,
  kind: kindOf(port),
  heldBy: holderOf(stateFolder(), port.path),
});

async function run({ json }: { json?: true }, around: Surroundings): Promise<void> {
  const ports = (await around.ports()).map(told);
  if (json) {
    process.stdout.write(`${JSON.stringify(ports)}\n`);
    return;
  }
  if (ports.length === 0) process.stdout.write(`${words.none}\n`);
  for (const { path, maker, kind, serialNumber, vendorId, heldBy } of ports) {
    const serial =
      vendorId === null ? '' : serialNumber === null ? words.noSerial : `${words.serial} ${serialNumber}`;
    const holder = heldBy ? fill(words.heldBy, { what: heldBy.what, pid: heldBy.pid }) : '';
    process.stdout.write(
      `${[shown(path), words.kinds[kind], maker ?? '', serial, holder].filter(Boolean).map(shown).join(' · ')}\n`,
    );
  }
}

export function addPorts(program: Command, around: Surroundings): void {
  program
    .command('ports')
    .description(commandWords.ports.does)
    .option('--json')
    .action((options: { json?: true }) => run(options, around));
}
