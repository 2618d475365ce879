/** Other tabs of this page: each hears of what another one has changed in what they keep together. */

export type Changed = 'sessions' | 'routines';

/** As much of a BroadcastChannel as is needed of it: it never tells a tab what that tab has said itself. */
export type TabChannel = {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
};

const name = 'tactus-kept';

/** Null where the browser has none: then a tab sees what others have changed when it looks. */
export const channelOfTabs = (): TabChannel | null =>
  'BroadcastChannel' in globalThis ? new BroadcastChannel(name) : null;

export class OtherTabs {
  readonly #channel: TabChannel | null;

  /** What is no word of ours, as from another version of this page, is not heard. */
  constructor(channel: TabChannel | null, heard: (what: Changed) => void) {
    this.#channel = channel;
    if (channel)
      channel.onmessage = ({ data }) => {
        if (data === 'sessions' || data === 'routines') heard(data);
      };
  }

  tell(what: Changed): void {
    this.#channel?.postMessage(what);
  }
}
