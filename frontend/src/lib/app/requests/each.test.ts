import { create } from '@bufbuild/protobuf';
import { expect, it } from 'vitest';
import { Refused } from '$lib/connection/failures';
import { ErrorCode, RequestFailedSchema } from '$lib/gen/failures_pb';
import { forEach } from './each';

const refusal = (code: ErrorCode, retryAfterMs = 0) =>
  new Refused(create(RequestFailedSchema, { code, message: 'No.', retryAfterMs }));

it('goes on past what is refused, and says why it was', async () => {
  const outcome = await forEach([1, 2, 3], (n) =>
    n === 2 ? Promise.reject(refusal(ErrorCode.MARKET_NOT_OPEN)) : Promise.resolve(),
  );
  expect(outcome).toEqual({ done: [1, 3], refused: [{ item: 2, reason: 'No.' }] });
});

it('waits where it was asked too often', async () => {
  const waits: number[] = [];
  let tries = 0;
  const outcome = await forEach(
    ['a'],
    () => (++tries < 3 ? Promise.reject(refusal(ErrorCode.RATE_LIMITED, 50)) : Promise.resolve()),
    (ms) => Promise.resolve(void waits.push(ms)),
  );
  expect([outcome.done, tries, waits]).toEqual([['a'], 3, [50, 50]]);
});
