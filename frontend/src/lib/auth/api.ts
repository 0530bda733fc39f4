// The server's sign-in endpoints. Errors are RFC 9457 problem details.

import { pathTo } from '$lib/app/addresses';

export type AuthConfig =
  | { mode: 'built-in'; setup_needed: boolean; join_code_needed: boolean; room_exists?: boolean }
  | { mode: 'oidc'; authority: string; client_id: string; audience: string; scope: string };

export interface BuiltInSession {
  token: string;
  expires_at_us: number;
  name: string;
}

/** What lets somebody sign up. */
export interface SignUpCodes {
  setupCode?: string;
  /** The exchange's, or that of the room. */
  joinCode?: string;
  /** The slug of the room they come for. */
  room?: string;
}

/** The server said no; `message` is its sentence. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
  /** When to try the same again; undefined: that would not help. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, retryAfterMs?: number) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

/** @param room The slug of a room: whether it exists is said where anybody may sign up. */
export function fetchConfig(room = ''): Promise<AuthConfig> {
  return call(room === '' ? '/auth/config' : `/auth/config?room=${encodeURIComponent(room)}`);
}

export function signIn(name: string, password: string): Promise<BuiltInSession> {
  return call('/auth/sign-in', { name, password });
}

export function signUp(name: string, password: string, codes: SignUpCodes): Promise<BuiltInSession> {
  const { setupCode, joinCode, room } = codes;
  return call('/auth/sign-up', {
    name,
    password,
    ...(setupCode ? { setup_code: setupCode } : {}),
    ...(joinCode ? { join_code: joinCode } : {}),
    ...(room ? { room } : {}),
  });
}

/** With the code of a link that an admin made. */
export function resetPassword(code: string, newPassword: string): Promise<BuiltInSession> {
  return call('/auth/reset-password', { code, new_password: newPassword });
}

/** Ends every other sign-in; the answer goes on. */
export function changePassword(
  token: string,
  password: string,
  newPassword: string,
): Promise<BuiltInSession> {
  return call('/auth/change-password', { password, new_password: newPassword }, { token });
}

/** Ends every other sign-in; the answer goes on. */
export function signOutElsewhere(token: string): Promise<BuiltInSession> {
  return call('/auth/sign-out-elsewhere', {}, { token });
}

/** Asks the server, and rejects with its sentence. */
export async function call<T>(
  path: `/${string}`,
  body?: object,
  { token, method = body ? 'POST' : 'GET' }: { token?: string; method?: string } = {},
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(pathTo(path), {
      method,
      headers: {
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: body ? JSON.stringify(body) : null,
    });
  } catch {
    throw new SignInRefused('The exchange does not answer. Check your connection and try again.');
  }
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok && answer !== undefined) return answer as T;
  const problem = (answer ?? {}) as { title?: string; detail?: string };
  const seconds = Number(response.headers.get('retry-after'));
  throw new SignInRefused(
    problem.detail ??
      problem.title ??
      `The exchange answered with status ${response.status}. Try again later.`,
    seconds > 0 ? seconds * 1_000 : undefined,
  );
}
