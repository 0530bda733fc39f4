// The server's sign-in endpoints. Errors are RFC 9457 problem details.

export type AuthConfig =
  | { mode: 'built-in'; setup_needed: boolean }
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

export function signUp(name: string, password: string, setupCode?: string): Promise<BuiltInSession> {
  return call('/auth/sign-up', { name, password, ...(setupCode ? { setup_code: setupCode } : {}) });
}

async function call<T>(path: string, body?: object): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: body ? 'POST' : 'GET',
      headers: body ? { 'content-type': 'application/json' } : {},
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
