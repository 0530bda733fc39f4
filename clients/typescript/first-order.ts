// A first order, in TypeScript: what every client does, in the order it does it.
//   npm ci && npm start -- ws://localhost:8080/ws exk_... "Rain tomorrow"
import { create, fromBinary, toBinary, type MessageInitShape } from '@bufbuild/protobuf';
import WebSocket from 'ws';
// Generated from Protocol/*.proto by protoc-gen-es; the web page uses the same.
import { ClientFrameSchema, ClientMessageSchema, ServerFrameSchema, type ServerMessage } from '../../frontend/src/lib/gen/exchange_pb';
import { Side } from '../../frontend/src/lib/gen/orders_pb';
import { Channel } from '../../frontend/src/lib/gen/session_pb';

type Request = NonNullable<MessageInitShape<typeof ClientMessageSchema>['request']>;
const [url = '', apiKey = '', marketName = ''] = process.argv.slice(2);

const socket = new WebSocket(url);
const pending = new Map<bigint, (answer: ServerMessage) => void>();
const markets = new Map<string, bigint>(); // Name to id.
const book = new Map<bigint, { side: Side; price: number; remaining: number }>(); // By order id.
let lastFrame = 0n;
let lastRequest = 0n;
let ready = () => {};
const isReady = new Promise<void>((resolve) => (ready = resolve));

/** Sends a request; the one answer to it carries its id. */
function ask(request: Request): Promise<ServerMessage> {
  const message = create(ClientMessageSchema, { requestId: ++lastRequest, request });
  socket.send(toBinary(ClientFrameSchema, create(ClientFrameSchema, { messages: [message] })));
  return new Promise((resolve) => pending.set(message.requestId, resolve));
}

/** Snapshots, then patches: what is held is what the exchange holds. */
function apply({ event }: ServerMessage): void {
  if (event.case === 'roomSnapshot') for (const market of event.value.markets) markets.set(market.name, market.marketId);
  else if (event.case === 'bookSnapshot') {
    for (const order of event.value.bids) book.set(order.orderId, { ...order, side: Side.BUY });
    for (const order of event.value.offers) book.set(order.orderId, { ...order, side: Side.SELL });
  } else if (event.case === 'bookChanged') {
    if (event.value.remaining === 0) book.delete(event.value.orderId);
    else book.set(event.value.orderId, event.value);
  } else if (event.case === 'ready') ready();
}

socket.on('message', (data: Buffer) => {
  const frame = fromBinary(ServerFrameSchema, data);
  // A frame was lost or doubled on the way. A client that lives longer connects again with Authenticate.resume.
  if (frame.frameNumber !== ++lastFrame) throw new Error('A gap between frames.');
  for (const message of frame.messages) {
    apply(message);
    if (message.event.case === 'requestFailed') throw new Error(message.event.value.message);
    pending.get(message.requestId)?.(message);
    pending.delete(message.requestId);
  }
});

socket.on('open', async () => {
  await ask({ case: 'authenticate', value: { credential: { case: 'apiKey', value: apiKey } } });
  await isReady;
  const marketId = markets.get(marketName);
  if (marketId === undefined) throw new Error(`There is no market called ${marketName}.`);
  await ask({ case: 'subscribe', value: { marketIds: [marketId], channels: [Channel.BOOK] } });
  const bids = [...book.values()].filter(({ side }) => side === Side.BUY).map(({ price }) => price);
  console.log('Best bid:', bids.length ? Math.max(...bids) / 100 : 'none'); // Prices are in 1/100.
  const order = { marketId, side: Side.BUY, price: 4250, quantity: 1000, clientOrderId: crypto.randomUUID() };
  const { event } = await ask({ case: 'placeOrder', value: order }); // Sent again, it would never be placed twice.
  if (event.case === 'orderChanged') console.log(`Order ${event.value.order?.orderId}: ${event.value.order?.filled} of 1000 filled`);
  socket.close();
});
