/** A session that `start` begins by itself, of a routine whose names are nobody else's business. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cooldown, phaseFields, routineFields, warmUp } from './routines.ts';

/** How a broker on this machine is asked for, and the name under which it is told. */
export const toldAs = 'couch';
export const brokerWords = (port: number): readonly string[] => [
  '--mqtt',
  `mqtt://127.0.0.1:${port}`,
  '--mqtt-name',
  toldAs,
];

/** Of what a broker hears, what is of this type. */
export const isOf = (type: string) => (payload: string) => JSON.parse(payload).type === type;

/** None of these may be told to a broker. */
export const planted = ['Marlene', 'Oberhuber', 'Knieschmerz', 'hunter2'];

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'tactus-mqtt-'));

/** A routine of somebody's own, begun at once, for a client. */
export function sessionWords(): readonly string[] {
  const at = newFolder();
  const fields = routineFields(
    [
      warmUp({ title: 'Marlene, gently', durationS: 100 }),
      phaseFields({ title: 'Oberhuber', durationS: 100, instruction: 'Knieschmerz' }),
      cooldown(),
    ],
    { id: 'for-marlene', title: 'For Marlene Oberhuber' },
  );
  const steps = [
    { at: 0, intent: 'screen', complaint: true, others: 'no' },
    { at: 0, intent: 'confirm', step: 'position' },
    { at: 0, intent: 'baseline', local: 3, leg: 1 },
    { at: 200, intent: 'start' },
    { at: 200_000, intent: 'end' },
  ];
  writeFileSync(join(at, 'own.json'), JSON.stringify(fields));
  writeFileSync(join(at, 'script.json'), JSON.stringify(steps));
  return ['--routine', join(at, 'own.json'), '--script', join(at, 'script.json'), '--client', 'Q'];
}

/** What `start` refuses before anything has begun, with its exit code and what its one line names. */
export const refusedStarts: readonly (readonly [words: readonly string[], code: number, said: string])[] = [
  [['--mqtt', 'mqtt://anna:hunter2@broker'], 64, 'TACTUS_MQTT_USERNAME'],
  [['--mqtt', 'http://broker'], 64, 'mqtts://'],
  [['--mqtt-name', 'couch'], 64, '--mqtt'],
];
