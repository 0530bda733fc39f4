// The server's sign-in endpoints. Errors are RFC 9457 problem details.

export type AuthConfig =
  | { mode: 'built-in'; setup_needed: boolean; join_code_needed: boolean }
  | { mode: 'oidc'; authority: string; client_id: string; audience: string; scope: string };

export interface BuiltInSession {
  token: string;
  expires_at_us: number;
  name: string;
}

/** The server said no; `message` is its sentence. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
}

export function fetchConfig(): Promise<AuthConfig> {
  return call('/auth/config');
}

export function signIn(name: string, password: string): Promise<BuiltInSession> {
  return call('/auth/sign-in', { name, password });
}

export function signUp(
  name: string,
  password: string,
  codes: { setupCode?: string; joinCode?: string },
): Promise<BuiltInSession> {
  const { setupCode, joinCode } = codes;
  return call('/auth/sign-up', {
    name,
    password,
    ...(setupCode ? { setup_code: setupCode } : {}),
    ...(joinCode ? { join_code: joinCode } : {}),
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

/** What signing up needs; null when it needs none. For admins. */
export async function fetchJoinCode(token: string): Promise<string | null> {
  return (await call<JoinCode>('/auth/join-code', undefined, { token })).join_code;
}

/** A new join code, or none any more. For admins. */
export async function changeJoinCode(token: string, needed: boolean): Promise<string | null> {
  const method = needed ? 'POST' : 'DELETE';
  return (await call<JoinCode>('/auth/join-code', undefined, { token, method })).join_code;
}

export interface SignInLink {
  name: string;
  code: string;
  expires_at_us: number;
}

/** With it, whoever opens it sets a new password for this name. For admins. */
export function makeSignInLink(token: string, name: string): Promise<SignInLink> {
  return call('/auth/sign-in-link', { name }, { token });
}

interface JoinCode {
  join_code: string | null;
}

async function call<T>(
  path: string,
  body?: object,
  { token, method = body ? 'POST' : 'GET' }: { token?: string; method?: string } = {},
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
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
  throw new SignInRefused(
    problem.detail ??
      problem.title ??
      `The exchange answered with status ${response.status}. Try again later.`,
  );
}
