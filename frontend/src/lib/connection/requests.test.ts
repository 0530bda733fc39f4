import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Unanswered } from './failures';
import { Requests } from './requests';

const order = (clientOrderId: string) =>
  ({ case: 'placeOrder', value: { marketId: 1n, price: 4500, quantity: 100, clientOrderId } }) as const;

/** What became of a promise, as soon as that is known. */
const outcome = (answer: Promise<unknown>) =>
  answer.then(
    () => 'answered',
    (failure: Error) => failure,
  );

describe('after a lost connection', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('an order is sent again, the same under the same ids, for the same user and account', () => {
    const requests = new Requests();
    const { message } = requests.ask(order('a'), '7 70');
    requests.connectionLost();
    expect(requests.toResend('7 70')).toEqual([message]);
  });

  it.each([
    ['another user', '8 80'],
    ['another account of the same user', '7 71'],
  ])('an order is never sent again as %s', async (_, as) => {
    const requests = new Requests();
    const answer = outcome(requests.ask(order('a'), '7 70').answer);
    requests.connectionLost();
    expect(requests.toResend(as)).toEqual([]);
    expect(await answer).toBeInstanceOf(Unanswered);
    // Nor later, when the page acts as the first again: its sender was told that it is over.
    expect(requests.toResend('7 70')).toEqual([]);
  });

  it('an order older than a minute is not sent again', async () => {
    const requests = new Requests();
    const answer = outcome(requests.ask(order('a'), '7 70').answer);
    vi.advanceTimersByTime(60_000);
    requests.connectionLost();
    expect(requests.toResend('7 70')).toEqual([]);
    expect(await answer).toBeInstanceOf(Unanswered);
  });

  it('what the exchange could carry out twice is not sent again', async () => {
    const requests = new Requests();
    const replaced = requests.ask({ case: 'replaceOrder', value: { orderId: 1n, price: 1 } }, '7 70');
    const placed = requests.ask(order(''), '7 70');
    const answers = [outcome(replaced.answer), outcome(placed.answer)];
    requests.connectionLost();
    expect(requests.toResend('7 70')).toEqual([]);
    for (const answer of answers) expect(await answer).toBeInstanceOf(Unanswered);
  });
});
