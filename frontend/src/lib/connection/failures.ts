import { ErrorCode, type RequestFailed } from '$lib/gen/failures_pb';

/** The exchange refused a request; `message` is its own sentence. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: ErrorCode;
  readonly retryAfterMs: number;

  constructor(failed: RequestFailed) {
    super(failed.message || `Refused (${ErrorCode[failed.code] ?? failed.code}).`);
    this.code = failed.code;
    this.retryAfterMs = failed.retryAfterMs;
  }
}

/** No answer came: whether the request was carried out is not known, or it was never sent. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
}
