/**
 * How V8 is to treat what a session makes.
 *
 * Each step of the machines makes a new context and a new snapshot, and the last ones are alive whenever memory is collected.
 * V8 takes that for a sign that all from that place of the code live long, and puts the next ones where only a whole
 * collection finds them (allocation-site pretenuring). Measured with Node 20 on 65 minutes of a session: some 10 of 177 MB
 * went there, and each collection of the young took two to three times as long. `tactus bench --only session-machines`: 153 ms
 * with it, 106 without.
 */
import { setFlagsFromString } from 'node:v8';

/** V8 says so on standard error where it does not know a flag: those of later Nodes are left as they are. */
const lastKnownMajor = 24;

/** From now on what is allocated begins young, wherever it comes from. For a process as a whole, its workers too. */
export function treatAllAsShortLived(
  nodeVersion: string = process.versions.node,
  setFlags: (flags: string) => void = setFlagsFromString,
): void {
  if (Number(nodeVersion.split('.')[0]) <= lastKnownMajor) setFlags('--no-allocation-site-pretenuring');
}
