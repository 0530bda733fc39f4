// API keys: what bots sign in with.

import type { ApiKey } from '$lib/gen/keys_pb';
import { exchange } from '$lib/app/exchange.svelte';
import { toasts } from '$lib/app/alerts/toasts.svelte';

/** The keys that are good, in the order they were made. */
export async function apiKeys(): Promise<ApiKey[]> {
  const { event } = await exchange.request({ case: 'getApiKeys', value: {} });
  return event.case === 'apiKeys' ? event.value.keys : [];
}

export interface NewKey {
  name: string;
  /** 0: every account of the user's. */
  accountId: bigint;
  readOnly: boolean;
  /** 0: never. Microseconds. */
  expiresTimeUs: bigint;
}

/** Makes a key and gives its secret: the only time that it is shown. */
export async function createApiKey(value: NewKey): Promise<string> {
  const { event } = await exchange.request({ case: 'createApiKey', value });
  return event.case === 'apiKeyCreated' ? event.value.secret : '';
}

/** Ends a key and its connections; gives those that are left. */
export async function revokeApiKey({ keyId, name }: ApiKey): Promise<ApiKey[]> {
  const { event } = await exchange.request({ case: 'revokeApiKey', value: { keyId } });
  toasts.show('done', name, 'The key was revoked. Bots that used it were disconnected.');
  return event.case === 'apiKeys' ? event.value.keys : [];
}
