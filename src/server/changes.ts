/** What each client is shown: the whole view once, then the sections that are new to it, numbered without a gap. */
import { catalogue } from '../../machines/text/text.ts';
import { type FromServer, wireVersion } from './messages.ts';
import type { Joined, People } from './people.ts';
import type { View } from './view-messages.ts';

/** A viewer that reads slower than this is not sent state, and reads the whole view later. */
export const slowBytes = 64 * 1024;
/** One that does not read at all is let go. */
const deafBytes = 1024 * 1024;

/** The view that all share, and each of its sections as text. */
export type Sections = Readonly<{ texts: ReadonlyMap<string, string>; view: Omit<View, 'people'> }>;

export const sectionsOf = (view: Sections['view']): Sections => ({
  view,
  texts: new Map(Object.entries(view).map(([name, section]) => [name, JSON.stringify(section)])),
});

/** What the receiver's page is sent in the place of what was asked and answered before. */
const untold: Pick<View, 'screening' | 'preparation'> = {
  screening: {
    complaint: null,
    open: [],
    cautions: [],
    scope: 'all',
    anythingNew: null,
    by: null,
    memory: 'none',
    memoryUntil: null,
  },
  preparation: {
    steps: [],
    ready: false,
    causes: null,
    gentle: null,
    notes: [],
    places: [],
    liesOnSide: null,
  },
};

/** The view for the receiver's page: nothing of the screening, nor of what follows from it. */
export function forReceiver(view: Sections['view']): Sections['view'] {
  const declined = view.outcome?.outcome === 'declined';
  return {
    ...view,
    ...untold,
    session: {
      ...view.session,
      pressureMax: null,
      gentle: null,
      ...(declined && { sentence: catalogue.receiver.declined }),
    },
    outcome: declined ? { outcome: 'declined', reason: '', advice: '' } : view.outcome,
  };
}

const receiversOwn = ['screening', 'preparation', 'session', 'outcome'] as const;

/** Sends one client what is new to it; with `beat` at least the time, so that silence means loss. */
export function sendChanges(joined: Joined, people: People, sections: Sections, beat = false): void {
  const view = joined.isReceiver ? forReceiver(sections.view) : sections.view;
  const texts = new Map(sections.texts);
  if (joined.isReceiver) for (const name of receiversOwn) texts.set(name, JSON.stringify(view[name]));
  const waiting = joined.client.waitingBytes();
  if (waiting > deafBytes) {
    joined.client.close(1008, 'reads too slowly');
    return;
  }
  const own: View['people'] = {
    role: joined.isReceiver ? 'receiver' : people.isController(joined.client) ? 'controller' : 'viewer',
    viewers: people.count,
  };
  const all = texts.set('people', JSON.stringify(own));
  const isFirst = joined.shown.size === 0;
  const changed = [...all].filter(([name, text]) => joined.shown.get(name) !== text);
  // The seconds alone are no news: the page counts them itself.
  if (!beat && !isFirst && !changed.some(([name]) => name !== 'time')) return;
  if (waiting > slowBytes) {
    // Dropped, not queued: when it reads again it gets the newest, whole.
    joined.shown = new Map();
    return;
  }
  joined.shown = all;
  joined.seq += 1;
  const whole: View = { ...view, people: own };
  const message: FromServer = isFirst
    ? { v: wireVersion, seq: joined.seq, type: 'view', view: whole }
    : {
        v: wireVersion,
        seq: joined.seq,
        type: 'change',
        view: Object.fromEntries(changed.map(([name]) => [name, whole[name as keyof View]])) as Partial<View>,
      };
  joined.client.send(JSON.stringify(message));
}
