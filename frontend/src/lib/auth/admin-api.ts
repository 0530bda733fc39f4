// What of the sign-in is for admins: fetched when one of them looks.

import { call } from './api';

/** What signing up needs; null when it needs none. For admins. */
export async function fetchJoinCode(token: string): Promise<string | null> {
  return (await call<JoinCode>('/auth/join-code', undefined, { token })).join_code;
}

/** A new join code, or none any more. For admins. */
export async function changeJoinCode(token: string, needed: boolean): Promise<string | null> {
  const method = needed ? 'POST' : 'DELETE';
  return (await call<JoinCode>('/auth/join-code', undefined, { token, method })).join_code;
}

/** Where others can open this exchange, the best first; empty: only this machine can. For admins. */
export async function fetchAddresses(token: string): Promise<string[]> {
  return (await call<{ addresses: string[] }>('/api/addresses', undefined, { token })).addresses;
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
