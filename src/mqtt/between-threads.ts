/** What the session's thread and the broker's say to each other. */
import type { FileNotice } from '../storage/notices.ts';
import type { BrokerAddress, Message } from './connection.ts';
import type { BrokerSaid } from './connection-teller.ts';
import type { DeviceEvent, DeviceState } from './messages.ts';

/** What the broker's thread is begun with. */
export type MqttGiven = Readonly<{
  address: BrokerAddress;
  name: string;
  /** Where events wait beyond this process; null where they do not. */
  queuePath: string | null;
  /** Stands retained beside the state, and when it is published anew. */
  retained: readonly Message[];
  renewOn: string | null;
}>;

export type MqttTask =
  /** How it stands, and what has happened since; `dropped`: so much more than was kept. */
  | Readonly<{ state: DeviceState; events: readonly DeviceEvent[]; dropped: number }>
  | Readonly<{ stopped: boolean }>
  | 'close';

/** By which a thread is told from the one before it. */
export type MqttResult = Readonly<{ thread: string }>;

export type MqttNews = Readonly<{ notice: FileNotice }> | Readonly<{ said: BrokerSaid }> | 'stop';

/** How often the session's thread says that it is there, and how long its silence is believed to be none. */
export const beatMs = 5000;
export const silentMs = 20_000;
