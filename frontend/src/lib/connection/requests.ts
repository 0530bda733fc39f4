// Which request an answer belongs to, and what becomes of requests whose
// connection was lost before the answer.

import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { ClientMessageSchema, type ClientMessage, type ServerMessage } from '$lib/gen/exchange_pb';
import { Refused, Unanswered } from './failures';

/** What is asked, with only those fields that are not empty. */
export type Request = Exclude<
  NonNullable<MessageInitShape<typeof ClientMessageSchema>['request']>,
  { case: undefined }
>;

/** An order older than this is not sent again after a lost connection: the market has moved on. */
const RESEND_WITHIN_MS = 60_000;

interface Pending {
  message: ClientMessage;
  askedAt: number;
  /** For whom: the user and the account. */
  as: string;
  resolve: (answer: ServerMessage) => void;
  reject: (failure: Error) => void;
}

export class Requests {
  readonly #pending = new Map<bigint, Pending>();
  #lastId = 0n;

  /** A message with the next id, and the promise of its answer; `as` says for whom it is asked. */
  ask(request: Request, as = ''): { message: ClientMessage; answer: Promise<ServerMessage> } {
    const message = create(ClientMessageSchema, { requestId: ++this.#lastId, request });
    const answer = new Promise<ServerMessage>((resolve, reject) => {
      this.#pending.set(message.requestId, { message, askedAt: Date.now(), as, resolve, reject });
    });
    return { message, answer };
  }

  answer(message: ServerMessage): void {
    if (message.requestId === 0n) return;
    const pending = this.#pending.get(message.requestId);
    if (!pending) return;
    this.#pending.delete(message.requestId);
    if (message.event.case === 'requestFailed') pending.reject(new Refused(message.event.value));
    else pending.resolve(message);
  }

  /**
   * After a lost connection, once the new one is ready: what to send again. Only
   * orders with a client_order_id, which the exchange never carries out twice, and only
   * those that were meant for whom the connection acts as now.
   */
  toResend(as: string): ClientMessage[] {
    const again: ClientMessage[] = [];
    for (const [id, pending] of this.#pending) {
      if (!isRepeatable(pending.message)) continue;
      const reason = reasonNotToResend(pending, as);
      if (reason === undefined) {
        again.push(pending.message);
        continue;
      }
      this.#pending.delete(id);
      pending.reject(new Unanswered(reason));
    }
    return again;
  }

  /** The connection is gone: whatever cannot be sent again will never be answered. */
  connectionLost(): void {
    for (const [id, pending] of this.#pending) {
      if (isRepeatable(pending.message)) continue;
      this.#pending.delete(id);
      pending.reject(
        new Unanswered(
          'The connection was lost before the exchange answered. Check whether your change was made.',
        ),
      );
    }
  }

  /** Nothing is sent again, and nobody waits any more. */
  giveUp(reason: string): void {
    for (const pending of this.#pending.values()) pending.reject(new Unanswered(reason));
    this.#pending.clear();
  }
}

function reasonNotToResend(pending: Pending, as: string): string | undefined {
  if (pending.as !== as) {
    return 'The order was not sent again because this page now acts as another account. Check the orders of the first account.';
  }
  return Date.now() - pending.askedAt < RESEND_WITHIN_MS
    ? undefined
    : 'The connection was down for too long to send the order again. Check your open orders.';
}

function isRepeatable({ request }: ClientMessage): boolean {
  return request.case === 'placeOrder' && request.value.clientOrderId !== '';
}
