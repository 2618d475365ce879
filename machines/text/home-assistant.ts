/** What a device and its entities are called in Home Assistant. */
import en from './en/home-assistant.json' with { type: 'json' };

export const homeAssistantWords = en;
