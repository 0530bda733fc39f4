// Authorization code with PKCE at the configured issuer. Loaded only when
// /auth/config says so.

import { UserManager, WebStorageStateStore, type User } from 'oidc-client-ts';
import type { Credential } from '$lib/connection/connection';
import type { AuthConfig } from './api';

export type OidcConfig = Extract<AuthConfig, { mode: 'oidc' }>;

const RENEW_BEFORE_S = 60;

export class OidcSignIn {
  readonly #manager: UserManager;

  constructor(config: OidcConfig) {
    this.#manager = new UserManager({
      authority: config.authority,
      client_id: config.client_id,
      scope: config.scope,
      redirect_uri: `${location.origin}/signed-in`,
      post_logout_redirect_uri: location.origin,
      extraQueryParams: config.audience ? { audience: config.audience } : {},
      userStore: new WebStorageStateStore({ store: localStorage }),
      automaticSilentRenew: false, // Renewed when a connection needs it.
    });
  }

  /** Leaves the page; the issuer sends the user back to /signed-in. */
  begin(returnTo: string): Promise<void> {
    return this.#manager.signinRedirect({ state: returnTo });
  }

  /** On /signed-in: where the user wanted to go. */
  async complete(): Promise<string> {
    const user = await this.#manager.signinRedirectCallback();
    const wanted = typeof user.state === 'string' ? user.state : '/';
    return wanted.startsWith('/') && !wanted.startsWith('//') ? wanted : '/';
  }

  async credential(): Promise<Credential> {
    let user: User | null = await this.#manager.getUser();
    if (user && (user.expires_in ?? 0) < RENEW_BEFORE_S && user.refresh_token) {
      user = await this.#manager.signinSilent();
    }
    if (!user || user.expired) throw new Error('Your sign-in has expired. Please sign in again.');
    return { accessToken: user.access_token, ...(user.id_token ? { idToken: user.id_token } : {}) };
  }

  forget(): Promise<void> {
    return this.#manager.removeUser();
  }
}
