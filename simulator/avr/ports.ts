/** Where Arduino's pin numbers lie on the chips. A pin that is not listed is not emulated. */

export type PinPlace = Readonly<{ port: string; bit: number }>;
export type PinPlaces = ReadonlyMap<number, PinPlace>;

const run = (port: string, first: number, count: number): readonly (readonly [number, PinPlace])[] =>
  Array.from({ length: count }, (_, bit) => [first + bit, { port, bit }] as const);

export const pinsOfUno: PinPlaces = new Map([...run('D', 0, 8), ...run('B', 8, 6), ...run('C', 14, 6)]);

/** Those that are wired. A0 and A1 keep the numbers that they have on an Uno. */
export const pinsOfMega: PinPlaces = new Map([
  [2, { port: 'E', bit: 4 }],
  [4, { port: 'G', bit: 5 }],
  [5, { port: 'E', bit: 3 }],
  [6, { port: 'H', bit: 3 }],
  [7, { port: 'H', bit: 4 }],
  [8, { port: 'H', bit: 5 }],
  [13, { port: 'B', bit: 7 }],
  [14, { port: 'F', bit: 0 }],
  [15, { port: 'F', bit: 1 }],
]);
