// A connection that comes back by itself. It authenticates, resumes from the
// sequence it holds, takes its subscriptions up again, and says honestly how it is.

import { create, type MessageInitShape } from '@bufbuild/protobuf';
import {
  ClientMessageSchema,
  type ClientMessage,
  type ServerFrame,
  type ServerMessage,
} from '$lib/gen/exchange_pb';
import {
  AuthenticateSchema,
  PingSchema,
  SubscribeSchema,
  UnsubscribeSchema,
  type Authenticated,
} from '$lib/gen/session_pb';
import { ErrorCode } from '$lib/gen/failures_pb';
import type { User } from '$lib/gen/rooms_pb';
import { backoffMs } from './backoff';
import { Refused, Unanswered } from './failures';
import { Link } from './link';
import { Requests, type Request } from './requests';

export type Status = 'offline' | 'connecting' | 'connected' | 'reconnecting' | 'resynchronizing';

/** What a client that comes back says it holds. */
export interface ResumePoint {
  epoch: bigint;
  sequence: bigint;
  roomId: bigint;
  elevated: boolean;
}

export interface Credential {
  accessToken: string;
  idToken?: string;
}

/** What to listen to, under a name of the caller's ("ticker", "market"). */
export type Wish = MessageInitShape<typeof SubscribeSchema>;

export interface ConnectionHandlers {
  status(status: Status): void;
  frame(frame: ServerFrame): void;
  /** The exchange does not let us in; `reason` is its sentence. Nothing is tried again. */
  turnedAway(reason: string): void;
  /** The exchange does not let us in for now; tried again by itself. Empty: it has. */
  waits(reason: string): void;
  /** Round trip of the last probe. */
  latency(ms: number): void;
  /** Where to resume from; undefined when no whole state is held. */
  resumePoint(): ResumePoint | undefined;
  credential(): Promise<Credential>;
  /** The slug of the room to come in to; empty: the exchange's main one. */
  room(): string;
  /** For whom a request that is made now is: user and account. An order is sent again only for the same. */
  acting(): string;
  /** Whether the page goes on as this user; if not, the sentence to end it with. */
  refuses(user: User): string | undefined;
  /** What has to be so again before orders are sent once more: the account to act as. */
  restoring(): Request | undefined;
}

/** The WebSocket status with which the exchange closes on those it does not let in. */
const POLICY_VIOLATION = 1008;

const PROBE_FIRST_MS = 1_500;
const PROBE_EVERY_MS = 10_000;
const PROBE_ANSWER_WITHIN_MS = 8_000;
const READY_WITHIN_MS = 15_000;

export class Connection {
  readonly #url: string;
  readonly #handlers: ConnectionHandlers;
  readonly #requests = new Requests();
  /** What we want to hear. */
  readonly #wishes = new Map<string, Wish>();
  /** Which wishes the exchange has confirmed, on whatever connection. */
  readonly #inForce = new Set<Wish>();
  /** Which wishes were sent on the present connection. */
  readonly #asked = new Set<Wish>();
  #link: Link | undefined;
  #status: Status = 'offline';
  #failures = 0;
  /** How long the exchange has told us to wait. */
  #waitMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #probe: ReturnType<typeof setInterval> | undefined;
  /** Counts connections, so that a late answer of an old one is ignored. */
  #generation = 0;
  /** Whether this connection has been ready: only then does it take requests. */
  #wasReady = false;

  constructor(url: string, handlers: ConnectionHandlers) {
    this.#url = url;
    this.#handlers = handlers;
  }

  start(): void {
    if (this.#status !== 'offline') return;
    this.#failures = 0;
    this.#setStatus('connecting');
    void this.#connect();
  }

  stop(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#probe);
    this.#wasReady = false;
    this.#setStatus('offline');
    this.#requests.giveUp('You signed out.');
    this.#inForce.clear();
    this.#generation += 1;
    this.#link?.end();
    this.#link = undefined;
  }

  /** The machine is back online, or its lid was opened: do not wait for the timer. */
  nudge(): void {
    if (this.#status !== 'reconnecting' || this.#link) return;
    clearTimeout(this.#timer);
    void this.#connect();
  }

  /** Resolves with the answer; rejects with Refused or Unanswered. */
  request(request: Request): Promise<ServerMessage> {
    if (!this.#wasReady || !this.#link) {
      return Promise.reject(
        new Unanswered(
          'This was not sent because the connection is down. The page reconnects automatically.',
        ),
      );
    }
    const { message, answer } = this.#requests.ask(request, this.#handlers.acting());
    this.#link.send([message]);
    return answer;
  }

  /** Changes what is listened to under this name; undefined listens no more. */
  listen(name: string, wish: Wish | undefined): void {
    const before = this.#wishes.get(name);
    if (before) {
      const { marketIds, all, channels } = before;
      this.#inForce.delete(before);
      // Not connected: it is simply not taken up again.
      this.request({
        case: 'unsubscribe',
        value: create(UnsubscribeSchema, { marketIds, all, channels }),
      }).catch(() => {});
    }
    if (!wish) {
      this.#wishes.delete(name);
      return;
    }
    this.#wishes.set(name, wish);
    if (this.#wasReady) this.#link?.send(this.#missing());
  }

  #subscribe(wish: Wish): ClientMessage {
    const { message, answer } = this.#requests.ask({
      case: 'subscribe',
      value: create(SubscribeSchema, wish),
    });
    this.#asked.add(wish);
    answer.then(
      () => {
        if ([...this.#wishes.values()].includes(wish)) this.#inForce.add(wish);
      },
      () => {}, // Refused: the page shows that the market is not there. Lost: asked again after Ready.
    );
    return message;
  }

  async #connect(): Promise<void> {
    const generation = ++this.#generation;
    let credential: Credential;
    try {
      credential = await this.#handlers.credential();
    } catch (failure) {
      if (generation !== this.#generation) return;
      if (failure instanceof TypeError) return this.#ended(); // The network, not the credential.
      return this.#turnAway(failure instanceof Error ? failure.message : 'Please sign in again.');
    }
    if (generation !== this.#generation) return;

    const resume = this.#handlers.resumePoint();
    if (!resume) this.#inForce.clear();
    this.#asked.clear();
    const link = new Link(this.#url, {
      opened: () => this.#authenticate(link, credential, resume),
      frame: (frame) => this.#receive(frame),
      ended: (code, reason) => {
        clearTimeout(slow);
        if (generation !== this.#generation) return;
        // The refusal itself may have been lost on the way; the reason for closing says the same.
        if (code === POLICY_VIOLATION && !this.#wasReady) this.#turnAway(reason || 'Please sign in again.');
        else this.#ended();
      },
    });
    const slow = setTimeout(() => {
      if (this.#status !== 'connected') link.end();
    }, READY_WITHIN_MS);
    this.#link = link;
  }

  #authenticate(link: Link, credential: Credential, resume: ResumePoint | undefined): void {
    const value = create(AuthenticateSchema, {
      credential: { case: 'accessToken', value: credential.accessToken },
      idToken: credential.idToken ?? '',
      resume: resume && { ...resume, subscriptions: [...this.#inForce] },
      room: this.#handlers.room(),
    });
    const { message, answer } = this.#requests.ask({ case: 'authenticate', value });
    answer.catch((failure: unknown) => {
      if (!(failure instanceof Refused)) return;
      const soon = [
        ErrorCode.RATE_LIMITED,
        ErrorCode.TOO_MANY_CONNECTIONS,
        ErrorCode.OVERLOADED,
        ErrorCode.STOPPING,
      ].includes(failure.code);
      if (!soon) return this.#turnAway(failure.message);
      this.#waitMs = failure.retryAfterMs;
      this.#handlers.waits(failure.message);
      link.end();
    });
    // Without anything to resume, ask for everything in the same write: one round trip to a full page.
    link.send(resume ? [message] : [message, ...this.#missing()]);
  }

  /** Subscriptions that are wished for, not in force, and not asked for on this connection. */
  #missing(): ClientMessage[] {
    return [...this.#wishes.values()]
      .filter((wish) => !this.#inForce.has(wish) && !this.#asked.has(wish))
      .map((wish) => this.#subscribe(wish));
  }

  #receive(frame: ServerFrame): void {
    const refused = this.#refused(frame);
    if (refused !== undefined) return this.#turnAway(refused);
    const held = this.#handlers.resumePoint() !== undefined;
    this.#handlers.frame(frame);
    for (const message of frame.messages) {
      this.#requests.answer(message);
      const { event } = message;
      if (event.case === 'authenticated') this.#admitted(event.value, held);
      else if (event.case === 'resynchronizing') this.#setStatus('resynchronizing');
      else if (event.case === 'roomEntered') this.#moved(event.value.roomId);
      else if (event.case === 'ready') this.#ready();
    }
  }

  /** Before anything of it is shown, and before anything is sent again. */
  #refused({ messages }: ServerFrame): string | undefined {
    for (const { event } of messages) {
      if (event.case !== 'authenticated' || !event.value.user) continue;
      const reason = this.#handlers.refuses(event.value.user);
      if (reason !== undefined) return reason;
    }
    return undefined;
  }

  #admitted(authenticated: Authenticated, held: boolean): void {
    if (authenticated.resumed) return;
    this.#inForce.clear();
    if (held) this.#setStatus('resynchronizing');
  }

  /** In another room nothing is listened to yet; in none there is nothing to wait for. */
  #moved(roomId: bigint): void {
    this.#inForce.clear();
    this.#asked.clear();
    this.#setStatus(roomId === 0n ? 'connected' : 'resynchronizing');
  }

  #ready(): void {
    const restoring = this.#wasReady ? undefined : this.#handlers.restoring();
    if (restoring) void this.#restore(restoring);
    else this.#open();
  }

  /** An order is never sent again for another account than it was meant for. */
  async #restore(request: Request): Promise<void> {
    const link = this.#link;
    const { message, answer } = this.#requests.ask(request);
    link?.send([message]);
    try {
      await answer;
    } catch (failure) {
      this.#requests.giveUp(failure instanceof Error ? failure.message : String(failure));
    }
    if (link && link === this.#link) this.#open();
  }

  #open(): void {
    this.#failures = 0;
    this.#handlers.waits('');
    if (this.#wasReady) {
      this.#link?.send(this.#missing()); // After a resynchronization nothing is; in another room everything.
    } else {
      this.#wasReady = true;
      this.#link?.send([...this.#missing(), ...this.#requests.toResend(this.#handlers.acting())]);
      this.#startProbing();
    }
    // Last: who hears of it may have something to ask.
    this.#setStatus('connected');
  }

  #ended(): void {
    clearInterval(this.#probe);
    this.#link = undefined;
    this.#wasReady = false;
    if (this.#status === 'offline') return;
    this.#requests.connectionLost();
    this.#setStatus('reconnecting');
    clearTimeout(this.#timer);
    const delay = backoffMs(this.#failures++);
    // Who was told to come later comes then, and not all in the same instant.
    this.#timer = setTimeout(() => void this.#connect(), this.#waitMs > 0 ? this.#waitMs + delay : delay);
    this.#waitMs = 0;
  }

  #turnAway(reason: string): void {
    this.stop();
    this.#handlers.turnedAway(reason);
  }

  /**
   * A browser shows no WebSocket pings, and a dead peer looks like a quiet one.
   */
  #startProbing(): void {
    clearInterval(this.#probe);
    const link = this.#link;
    const probe = () => {
      if (link !== this.#link) return;
      const { message, answer } = this.#requests.ask({
        case: 'ping',
        value: create(PingSchema),
      });
      const asked = performance.now();
      const dead = setTimeout(() => link?.end(), PROBE_ANSWER_WITHIN_MS);
      const answered = () => {
        clearTimeout(dead);
        this.#handlers.latency(performance.now() - asked);
      };
      answer.then(answered, (failure) => (failure instanceof Refused ? answered() : clearTimeout(dead)));
      link?.send([message]);
    };
    this.#probe = setInterval(probe, PROBE_EVERY_MS);
    // The first soon, but not while the page is still being drawn.
    setTimeout(probe, PROBE_FIRST_MS);
  }

  #setStatus(status: Status): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#handlers.status(status);
  }
}
