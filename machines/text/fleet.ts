/** Sentences of the list of many devices. */
import en from './en/fleet.json' with { type: 'json' };

export const fleetWords = en;
