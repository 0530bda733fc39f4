// Who is signed in on this page, and the credential for the connection.

import type { Credential } from '$lib/connection/connection';
import { recall, remember } from '$lib/app/storage';
import {
  changePassword,
  fetchConfig,
  resetPassword,
  signIn,
  signOutElsewhere,
  signUp,
  type AuthConfig,
  type BuiltInSession,
} from './api';
import type { OidcSignIn } from './oidc';

const SESSION = 'exchange.session';
const CONFIG = 'exchange.auth-config';

/** What is kept between visits. With OpenID Connect the library keeps its own tokens. */
type Kept = ({ mode: 'built-in' } & BuiltInSession) | { mode: 'oidc' };

class Auth {
  /** undefined: not known yet. */
  config = $state.raw<AuthConfig | undefined>(recall<AuthConfig>(CONFIG));
  signedIn = $state(false);
  /** Why the sign-in page is shown, if there is something to say. */
  reason = $state('');
  #kept: Kept | undefined = recall<Kept>(SESSION);
  #oidc: Promise<OidcSignIn> | undefined;

  constructor() {
    const kept = this.#kept;
    const expired = kept?.mode === 'built-in' && kept.expires_at_us / 1000 < Date.now();
    if (expired) this.#keep(undefined);
    this.signedIn = this.#kept !== undefined;
  }

  /** Always asked anew: the server may have been set up, or moved to another issuer, since. */
  async loadConfig(): Promise<AuthConfig> {
    this.config = await fetchConfig();
    remember(CONFIG, this.config);
    return this.config;
  }

  async signIn(name: string, password: string): Promise<void> {
    this.#enter({ mode: 'built-in', ...(await signIn(name, password)) });
  }

  async signUp(
    name: string,
    password: string,
    codes: { setupCode?: string; joinCode?: string },
  ): Promise<void> {
    this.#enter({ mode: 'built-in', ...(await signUp(name, password, codes)) });
  }

  async resetPassword(code: string, newPassword: string): Promise<void> {
    this.#enter({ mode: 'built-in', ...(await resetPassword(code, newPassword)) });
  }

  async changePassword(password: string, newPassword: string): Promise<void> {
    this.#enter({ mode: 'built-in', ...(await changePassword(this.token, password, newPassword)) });
  }

  async signOutElsewhere(): Promise<void> {
    this.#enter({ mode: 'built-in', ...(await signOutElsewhere(this.token)) });
  }

  /** The built-in sign-in's token; empty when an issuer signs people in. */
  get token(): string {
    return this.#kept?.mode === 'built-in' ? this.#kept.token : '';
  }

  async beginOidc(): Promise<void> {
    await (await this.#oidcSignIn()).begin(location.pathname);
  }

  async completeOidc(): Promise<string> {
    const returnTo = await (await this.#oidcSignIn()).complete();
    this.#enter({ mode: 'oidc' });
    return returnTo;
  }

  async credential(): Promise<Credential> {
    // Another tab may have signed in anew, or changed the password, since.
    this.#kept = recall<Kept>(SESSION) ?? this.#kept;
    if (this.#kept?.mode === 'built-in') return { accessToken: this.#kept.token };
    if (this.#kept?.mode === 'oidc') return (await this.#oidcSignIn()).credential();
    throw new Error('Please sign in.');
  }

  /** Because the user wants to: where an issuer signed them in, there too. */
  signOut(): void {
    if (this.#kept?.mode === 'oidc') void this.#oidcSignIn().then((oidc) => oidc.leave());
    this.#leave('');
  }

  /** Because the exchange does not let them in; `reason` is its sentence. */
  turnedAway(reason: string): void {
    if (this.#kept?.mode === 'oidc') void this.#oidcSignIn().then((oidc) => oidc.forget());
    this.#leave(reason);
  }

  #leave(reason: string): void {
    this.#keep(undefined);
    this.reason = reason;
    this.signedIn = false;
  }

  #enter(kept: Kept): void {
    this.#keep(kept);
    this.reason = '';
    this.signedIn = true;
  }

  #keep(kept: Kept | undefined): void {
    this.#kept = kept;
    remember(SESSION, kept);
  }

  #oidcSignIn(): Promise<OidcSignIn> {
    this.#oidc ??= (async () => {
      const config = this.config?.mode === 'oidc' ? this.config : await this.loadConfig();
      if (config.mode !== 'oidc')
        throw new Error('This exchange signs people in itself. Please sign in again.');
      const { OidcSignIn } = await import('./oidc');
      return new OidcSignIn(config);
    })();
    return this.#oidc;
  }
}

export const auth = new Auth();
