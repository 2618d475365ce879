/**
 * What page and controller say to each other over the socket, as valibot schemas, as types and as JSON Schema: for a
 * page or a remote of your own.
 *
 * @packageDocumentation
 */
export { type Intent, intentSchema } from '../../machines/intent.ts';
export { messageCatalogue } from '../server/catalogue.ts';
export {
  type FromClient,
  type FromServer,
  fromClientSchema,
  fromServerSchema,
  messageBytes,
  wireVersion,
} from '../server/messages.ts';
export { type View, viewSchema } from '../server/view-messages.ts';
