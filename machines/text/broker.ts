/** Sentences about a broker: how it is reached, and what is named to Home Assistant. */
import en from './en/broker.json' with { type: 'json' };

export const brokerWords = en;
