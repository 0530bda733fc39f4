// Authorization code with PKCE at the configured issuer. Loaded only when
// /auth/config says so.

import { ErrorResponse, UserManager, WebStorageStateStore, type User } from 'oidc-client-ts';
import { pathTo, siteAddress } from '$lib/app/addresses';
import type { Credential } from '$lib/connection/connection';
import type { AuthConfig } from './api';

export type OidcConfig = Extract<AuthConfig, { mode: 'oidc' }>;

/** Whose sign-in it is. */
export interface Who {
  subject: string;
  name?: string;
}

const RENEW_BEFORE_S = 60;
/** One tab renews at a time: an issuer takes a refresh token twice for a stolen one. */
const RENEWAL = 'exchange.renewal';

export class OidcSignIn {
  readonly #manager: UserManager;

  constructor(config: OidcConfig) {
    this.#manager = new UserManager({
      authority: config.authority,
      client_id: config.client_id,
      scope: config.scope,
      redirect_uri: `${siteAddress()}/signed-in`,
      post_logout_redirect_uri: siteAddress(),
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
  async complete(): Promise<{ returnTo: string; who: Who }> {
    const user = await this.#manager.signinRedirectCallback();
    const wanted = typeof user.state === 'string' ? user.state : '';
    const returnTo = wanted.startsWith(pathTo('/')) && !wanted.startsWith('//') ? wanted : pathTo('/');
    return { returnTo, who: whoIs(user) };
  }

  async credential(): Promise<{ credential: Credential; who: Who }> {
    let user = await this.#manager.getUser();
    if (canBeRenewed(user)) user = await this.#renew();
    if (!user || user.expired) throw new Error('Your sign-in has expired. Please sign in again.');
    const idToken = user.id_token ? { idToken: user.id_token } : {};
    return { credential: { accessToken: user.access_token, ...idToken }, who: whoIs(user) };
  }

  forget(): Promise<void> {
    return this.#manager.removeUser();
  }

  /** Leaves the page, so that the issuer signs the user out too; it sends them back to the start. */
  async leave(): Promise<void> {
    const ends = await this.#manager.metadataService.getEndSessionEndpoint().catch(() => undefined);
    if (!ends) return this.forget();
    // Kinde's name for the address to come back to is "redirect".
    await this.#manager.signoutRedirect({ extraQueryParams: { redirect: siteAddress() } });
  }

  /** Without leaving the page, by the refresh token. */
  #renew(): Promise<User | null> {
    return navigator.locks.request(RENEWAL, async () => {
      const user = await this.#manager.getUser();
      if (!canBeRenewed(user)) return user; // Another tab has just done it.
      try {
        return await this.#manager.signinSilent();
      } catch (failure) {
        if (failure instanceof ErrorResponse) {
          throw new Error('Your sign-in has ended. Please sign in again.', { cause: failure });
        }
        // The issuer can't be reached. What we have may still do; if not, it is tried again.
        if (user && !user.expired) return user;
        throw new TypeError('The sign-in service could not be reached.', { cause: failure });
      }
    });
  }
}

function whoIs({ profile }: User): Who {
  const name = profile.name ?? profile.preferred_username ?? profile.email;
  return { subject: profile.sub, ...(name ? { name } : {}) };
}

function canBeRenewed(user: User | null): boolean {
  return user !== null && (user.expires_in ?? 0) < RENEW_BEFORE_S && user.refresh_token !== undefined;
}
