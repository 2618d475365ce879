/** What `start` is asked for. */
import type { User } from '../../machines/routine/names.ts';
import type { ReceiverMeans } from '../../machines/session.lists.ts';
import type { Preferences } from '../server/api-messages.ts';

export type StartOptions = Readonly<{
  routine?: string;
  minutes?: number;
  endAt?: string;
  drop?: true;
  for?: User;
  quiet?: Preferences['quiet'];
  firstSide?: Preferences['firstSide'];
  worn?: Preferences['orientation'];
  favourites?: readonly string[];
  cue?: readonly string[];
  client?: string;
  intakeAttested?: true;
  board: string;
  http: number;
  host?: string;
  lan?: true;
  insecureLan?: true;
  mqtt?: string;
  mqttName?: string;
  receiver?: ReceiverMeans;
  headless?: true;
  script?: string;
  journal?: string;
}>;
