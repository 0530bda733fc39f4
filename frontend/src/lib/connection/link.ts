// One WebSocket, from opening to its end: frames out, frames in, in order and
// without a gap.

import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  ClientFrameSchema,
  ServerFrameSchema,
  type ClientMessage,
  type ServerFrame,
} from '$lib/gen/exchange_pb';

export interface LinkHandlers {
  opened(): void;
  frame(frame: ServerFrame): void;
  /** Called once, whatever the cause; nothing is called after it. With the server's code and reason, if it gave any. */
  ended(code?: number, reason?: string): void;
}

export class Link {
  readonly #socket: WebSocket;
  readonly #handlers: LinkHandlers;
  #lastFrame = 0n;
  #ended = false;

  constructor(url: string, handlers: LinkHandlers) {
    this.#handlers = handlers;
    this.#socket = new WebSocket(url);
    this.#socket.binaryType = 'arraybuffer';
    this.#socket.onopen = () => handlers.opened();
    this.#socket.onmessage = ({ data }) => this.#receive(data);
    this.#socket.onclose = ({ code, reason }) => this.end(code, reason);
  }

  send(messages: ClientMessage[]): void {
    if (this.#ended || messages.length === 0) return;
    this.#socket.send(toBinary(ClientFrameSchema, create(ClientFrameSchema, { messages })));
  }

  end(code?: number, reason?: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#socket.close();
    this.#handlers.ended(code, reason);
  }

  #receive(data: unknown): void {
    if (this.#ended) return;
    if (!(data instanceof ArrayBuffer)) return this.end();
    let frame: ServerFrame;
    try {
      frame = fromBinary(ServerFrameSchema, new Uint8Array(data));
    } catch {
      return this.end();
    }
    // A gap or a repetition: something was lost or doubled on the way, so what
    // follows cannot be trusted. A new connection resumes from what we hold.
    if (frame.frameNumber !== this.#lastFrame + 1n) return this.end();
    this.#lastFrame = frame.frameNumber;
    this.#handlers.frame(frame);
  }
}
