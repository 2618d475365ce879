/**
 * Writes the firmware's `contract.h` from the one pin table, the one table of limits and the one wire contract,
 * so that board and host can not come to differ.
 */
import { leaseLimits, motorLimits } from '../../machines/limits.ts';
import {
  bandgapMv,
  boardStates,
  buttonBits,
  type Command,
  commands,
  contractVersion,
  firstHindranceBit,
  hindranceBits,
  layouts,
  lowestSupplyMv,
  noteBits,
  resetCauses,
} from '../lease.ts';
import { drains, uno, wiring } from '../pins.ts';

type Entry = readonly [name: string, value: number];

const constants = (type: string, entries: readonly Entry[]): string =>
  entries.map(([name, value]) => `constexpr ${type} ${name} = ${value};`).join('\n');

const space = (name: string, body: string): string =>
  `namespace ${name} {\n${body}\n}  // namespace ${name}\n`;

const numbered = (names: readonly string[]): string =>
  names.map((name, index) => `${name} = ${index}`).join(', ');

const bits = (names: readonly string[], first = 0): Entry[] =>
  names.map((name, bit) => [name, 1 << (first + bit)]);

export const fieldList = (name: string, layout: readonly (readonly [string, number])[]): string =>
  [
    `#define ${name}(FIELD) \\`,
    layout.map(([field, bytes]) => `  FIELD(${field}, ${bytes})`).join(' \\\n'),
    '',
  ].join('\n');

const limits: readonly Entry[] = [
  ['runningDuty', motorLimits.runningDuty],
  ['kickDuty', motorLimits.kickDuty],
  ['kickMaxMs', motorLimits.kickMaxMs],
  ['continuousMaxMs', motorLimits.continuousMaxMs],
  ['shareWindowMs', motorLimits.shareWindowMs],
  ['sharePercent', Math.round(motorLimits.firmwareShare * 100)],
  ['staggerMs', motorLimits.staggerMs],
  ['leaseMs', leaseLimits.leaseMs],
  ['staleStatusMs', leaseLimits.staleStatusMs],
  ['armLapseMs', leaseLimits.armLapseMs],
  ['lowestSupplyMv', lowestSupplyMv],
  ['bandgapMv', bandgapMv],
];

/** These have a header of their own: `src/alone/keep_contract.h`. */
const ofKeeping: readonly string[] = ['keep', 'kept'] satisfies readonly Command[];

/** The whole text of `contract.h`. */
export function contractHeader(): string {
  return [
    '// Written by hardware/firmware/build.ts from hardware/pins.ts, hardware/lease.ts and machines/limits.ts.',
    '// Do not edit: a test compares this file with what those say.',
    '#pragma once',
    '#include <stdint.h>',
    '',
    `constexpr uint8_t contractVersion = ${contractVersion};`,
    '',
    '// Firmata leaves sysex 01h to 0Fh to users; these are ours.',
    space(
      'command',
      constants(
        'uint8_t',
        Object.entries(commands).filter(([name]) => !ofKeeping.includes(name)),
      ),
    ),
    '// Arduino pin numbers: the same on every board.',
    space(
      'pin',
      constants('uint8_t', [
        ...Object.entries(uno),
        ['leftDrain', drains.left],
        ['rightDrain', drains.right],
      ]),
    ),
    '// A stop switch that opens when pressed: a broken wire is a press.',
    '#ifndef STOP_NORMALLY_CLOSED',
    `#define STOP_NORMALLY_CLOSED ${wiring.stop === 'normallyClosed' ? 1 : 0}`,
    '#endif',
    '',
    space('limit', constants('uint16_t', limits)),
    `enum class State : uint8_t { ${numbered(boardStates)} };`,
    `enum class ResetCause : uint8_t { ${numbered(resetCauses)} };`,
    '',
    '// Bits of STATUS `notes`.',
    space('note', constants('uint16_t', bits(noteBits))),
    '// Bits of STATUS `buttons`.',
    space('button', constants('uint8_t', bits(buttonBits))),
    '// Bits of STATUS `buttons` above those: why no ARM is taken.',
    space('hindrance', constants('uint8_t', bits(hindranceBits, firstHindranceBit))),
    '// Fields of the messages in order, with their number of 7-bit bytes.',
    fieldList('HELLO_FIELDS', layouts.hello),
    fieldList('ARM_FIELDS', layouts.arm),
    fieldList('LEASE_FIELDS', layouts.lease),
    fieldList('STATUS_FIELDS', layouts.status),
    fieldList('CHECK_FIELDS', layouts.check),
  ].join('\n');
}
