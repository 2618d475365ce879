/** Sentences about a broker: what leaves for it, how the connection stands, and what is wrong with what was asked. */
import en from './en/broker.json' with { type: 'json' };

export const brokerWords = en;
