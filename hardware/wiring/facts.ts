/**
 * What the wiring is drawn from: the pin table, and parts with what has to be known of them.
 *
 * Prices are what such a part costs as a single piece in a hobby shop in 2026, in euro, to the nearest tenth: of the
 * kind one finds, no offer. [D]
 */

export type Part = Readonly<{
  /** As it is called in the drawing. */
  refs: string;
  count: number;
  what: string;
  /** A part number to look for; any of the same values will do. */
  number: string;
  euro: number;
  why: string;
}>;

export const parts: readonly Part[] = [
  {
    refs: 'U1',
    count: 1,
    what: 'Arduino Uno R3, or a Nano with an ATmega328P',
    number: 'A000066 (Uno R3), A000005 (Nano)',
    euro: 24,
    why: 'not an Uno R4: its pins give 8 mA, and it has another chip',
  },
  {
    refs: 'M1, M2',
    count: 2,
    what: 'coin vibration motor, 10 mm, 3 V',
    number: 'Precision Microdrives 310-103',
    euro: 6,
    why: '75 mA running, 85 mA starting; 60 mm apart at least and not in one rigid shell, or both feel like one',
  },
  {
    refs: 'Q1, Q2',
    count: 2,
    what: 'N-channel MOSFET, logic level, TO-92 or SOT-23',
    number: 'IRLML2502, or 2N7000 for motors of 100 mA at most',
    euro: 0.5,
    why: 'a pin of an Uno R3 gives 20 mA: a motor straight on a pin kills it',
  },
  {
    refs: 'CR1, CR2',
    count: 2,
    what: 'Schottky diode, 1 A, across each motor, stripe towards +5 V',
    number: '1N5819',
    euro: 0.2,
    why: 'a motor that is switched off gives back a spike',
  },
  {
    refs: 'R1, R2',
    count: 2,
    what: 'resistor 470 Ω, in each gate',
    number: 'MFR-25 470R',
    euro: 0.1,
    why: 'spares the pin the charge of the gate, and 10 mA where a transistor breaks through to its gate (argued)',
  },
  {
    refs: 'R3, R4',
    count: 2,
    what: 'resistor 10 kΩ, from each gate to ground',
    number: 'MFR-25 10K',
    euro: 0.1,
    why: 'holds the motor off while the chip starts and its pins float',
  },
  {
    refs: 'R5, R6',
    count: 2,
    what: 'resistor 100 kΩ, from each drain to A0 and A1',
    number: 'MFR-25 100K',
    euro: 0.1,
    why: 'the board sees whether its motors are off: without them it arms nothing (argued)',
  },
  {
    refs: 'R7, R8',
    count: 2,
    what: 'resistor 10 kΩ, from each drain to ground',
    number: 'MFR-25 10K',
    euro: 0.1,
    why: 'takes a drain down that nothing holds up: a torn wire and the open switch are seen within 0.2 s (argued)',
  },
  {
    refs: 'R9, R10',
    count: 2,
    what: 'resistor 2.2 kΩ, from the contact of STOP and of the squeeze to 5V',
    number: 'MFR-25 2K2',
    euro: 0.1,
    why: 'sweat or wet oil of 30 kΩ across an open contact still reads as open; 2 mA keep the contact clean (argued)',
  },
  {
    refs: 'R11, R12',
    count: 2,
    what: 'resistor 1 kΩ, from those contacts to D2 and D8',
    number: 'MFR-25 1K',
    euro: 0.1,
    why: 'a spark or a wrong wire on a lead does not reach the chip (argued)',
  },
  {
    refs: 'C2, C3',
    count: 2,
    what: 'capacitor 100 nF, from D2 and D8 to ground',
    number: 'any ceramic, 16 V',
    euro: 0.1,
    why: 'keeps the motors out of the leads; a press is 0.3 ms later by it (argued)',
  },
  {
    refs: 'C1',
    count: 1,
    what: 'capacitor 22 µF, 10 V, across the motor supply: plus to +5 V motors, the striped side (minus) to ground',
    number: 'EEU-FR1A220',
    euro: 0.3,
    why: 'takes the start of a motor; 470 µF would pull the chip to 2.3 V when the master switch closes (argued)',
  },
  {
    refs: 'F1',
    count: 1,
    what: 'resettable fuse, 500 mA hold',
    number: 'MF-R050',
    euro: 0.4,
    why: 'USB gives 500 mA for all of it',
  },
  {
    refs: 'S0',
    count: 1,
    what: 'switch that breaks the motor supply, within reach',
    number: 'any latching switch of 1 A',
    euro: 2,
    why: 'the one control that no software has a say in',
  },
  {
    refs: 'S1',
    count: 1,
    what: 'STOP: push button with a normally closed contact, in a guard',
    number: 'any with terminals NC, 12 mm or more',
    euro: 3,
    why: 'a broken wire then stops as well',
  },
  {
    refs: 'S2, S3',
    count: 2,
    what: 'GO (raised) and LESS (hollow): push buttons, normally open, 12 mm or more, 20 mm apart',
    number: 'Omron B3F-4055 with two caps of different shape',
    euro: 0.8,
    why: 'told apart by touch, with oil on the fingers',
  },
  {
    refs: 'S4',
    count: 1,
    what: 'a second STOP for the receiver, normally closed, on a lead, in series with S1 (optional)',
    number: 'as S1',
    euro: 3,
    why: 'whoever is massaged can stop it too, without a pin more',
  },
  {
    refs: 'S5',
    count: 1,
    what: "the receiver's squeeze, normally open, on a lead (optional)",
    number: 'as S2',
    euro: 0.8,
    why: 'less, without a word',
  },
];

/** What has to be known of the electrics, in whole sentences. */
export const electrics: readonly string[] = [
  'This is the second edition. On a board of the first, without R5 to R12, C2 and C3 and with 470 µF, the firmware arms nothing: `tactus bringup` and `tactus doctor` say which resistor is missing.',
  'A motor never hangs on a pin: a pin of an Uno R3 gives 20 mA (40 mA destroys it, 200 mA for all pins together), one of an Uno R4 gives 8 mA, and a motor takes 75.',
  'A 3 V motor on 5 V never gets 5 V for long: the firmware drives it at 60 % at most, a mean of 3.0 V, and at 72 %, a mean of 3.6 V, for 60 ms when it starts. Chopped like that it heats 1.67 times as much as 3 V of direct current would; that it runs for 40 % of the time at most takes more than that away again. A Nano hands on 4.65 V of its USB: there the mean is 2.8 V.',
  'All limits hold by the clock of the board itself. An Uno has a ceramic resonator, which may be wrong by 0.5 %: 250 ms are then 250.8 ms with the rounding, 2,500 ms are 2,512 ms.',
  'Feedback (argued, not measured): a drain is high at rest. Where one is not, nothing is armed, and the board says motorPath: its transistor is shorted, the wire of its motor torn, the master switch open, or the resistor missing.',
  'A shorted transistor runs its motor at 5 V from the moment of plugging in, and no firmware can stop it: the master switch S0 is the only thing left then.',
  'Supply (argued): the chip measures its own against its band gap, and arms nothing below 4.0 V. Its band gap is 1.0 to 1.2 V, so that of a single chip this is 3.6 to 4.4 V; at 16 MHz it wants 3.8 V, and its brown-out fuse stops it at 2.7 V only.',
  'What the board keeps through a reset (budgets, a lock, that STOP was tried) it forgets with its power alone: unplugged for 30 s. Memory holds for seconds, and the usual bootloader hides from the firmware that the power was off.',
  'Many Nanos have an older bootloader. After a bite of the watchdog it goes round in circles, silent, motors off, until it is unplugged. The firmware begins anew by itself where it can still choose; where the chip hangs with its interrupts off it cannot.',
  'Below about 2.3 V a coin motor may not turn at all; `tactus calibrate` finds where each of yours begins.',
  'Both motors together take 170 mA when they start. The firmware starts them at least 60 ms apart.',
  'Nothing is fed into the 3V3 pin, and no motor is fed from it: it gives 50 mA.',
  'Each gate has its own resistor to ground, so that motors are off while the chip is in reset and all pins float.',
  'The motors contain magnets: 15 cm away from a pacemaker or any other implant.',
  'A Mega 2560 takes the place of the Uno with the same pin numbers, and plays sessions by itself; it may be fed by a power bank that stays on below 100 mA, or by four NiMH cells on its pin 5V.',
  'A battery is not charged while anybody holds the device. Everything is sealed against oil.',
];
