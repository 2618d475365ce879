/**
 * The messages of the socket as a catalogue for others: one JSON Schema a direction, generated from the schemas that
 * both sides check with. What a schema of JSON cannot say (an intent's own rules) is checked all the same.
 */
import { toJsonSchema } from '@valibot/to-json-schema';
import { fromClientSchema, fromServerSchema, messageBytes, wireVersion } from './messages.ts';

/** Both directions as JSON Schema (draft 7), as plain data: made anew at each call. */
export const messageCatalogue = () => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Messages of the socket',
  description: `JSON text, at most ${messageBytes} bytes from a client. Version ${wireVersion}; no unknown field is let through.`,
  version: wireVersion,
  $defs: {
    fromClient: schemaOf(fromClientSchema),
    fromServer: schemaOf(fromServerSchema),
  },
});

/** Without the `$schema` of its own: the catalogue has one for both. */
function schemaOf(schema: Parameters<typeof toJsonSchema>[0]): object {
  const { $schema: _, ...rest } = toJsonSchema(schema, { typeMode: 'input', errorMode: 'ignore' });
  return rest;
}
