// Short ways to write the server's messages in tests.

import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { ServerFrameSchema, ServerMessageSchema, type ServerFrame } from '$lib/gen/exchange_pb';
import { OrderSchema, Side, type Order } from '$lib/gen/orders_pb';

type Event = NonNullable<MessageInitShape<typeof ServerMessageSchema>['event']>;

/** A frame of events that one command caused. */
export function frame(sequence: bigint, ...events: Event[]): ServerFrame {
  return create(ServerFrameSchema, { messages: events.map((event) => ({ sequence, event })) });
}

export function order(fields: MessageInitShape<typeof OrderSchema>): Order {
  return create(OrderSchema, { side: Side.BUY, remaining: fields.quantity, ...fields });
}
