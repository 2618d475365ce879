/** What a test and its process of many devices say to each other. */
import type { DeviceState } from '../../../src/mqtt/messages.ts';

export type ManyGiven = Readonly<{
  port: number;
  /** By which the first of them goes to the broker; the others go straight. */
  linePort: number;
  count: number;
  lastsMs: number;
  /** How often all that can be let go is let go, and what is left is measured. */
  memoryEveryMs: number;
  folder: string;
}>;

export type ManyWord = 'begin' | 'away' | 'back' | 'one' | 'finish' | 'close';

export type ManyNews =
  | Readonly<{ is: 'ready' }>
  | Readonly<{ is: 'up'; count: number }>
  | Readonly<{ is: 'memory'; at: number; heapMb: number; rssMb: number }>
  /** How many events each has told, and how it stands; `left`: what still waits in all queues. */
  | Readonly<{
      is: 'told';
      events: readonly number[];
      states: readonly (DeviceState | null)[];
      left: number;
    }>;

export const deviceName = (index: number): string => `room-${index + 1}`;
