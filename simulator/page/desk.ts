/** What lies before whoever draws a piece of the page. */
import type { View } from '../../src/wire/messages.ts';
import type { Feed } from './feed.ts';
import type { Settings } from './settings.ts';

export type Desk = Readonly<{
  feed: Feed;
  /** What the controller told last; null before it has. */
  view: View | null;
  isLive: boolean;
  settings: Settings;
  /** Whether somebody has begun here: the first view has done its part. */
  hasBegun: boolean;
  begin(): void;
  /** Says what the person wants to the session. */
  intend(intent: object): void;
}>;
