// Who is signed in on this page, and the credential for the connection. A page belongs to
// the user it shows: when the browser's sign-in becomes another's, or ends, so does the page.

import type { Credential } from '$lib/connection/connection';
import { addressHere, pathTo } from '$lib/app/addresses';
import { onStored, recall, remember, tryToKeep } from '$lib/app/kept/storage';
import {
  changePassword,
  fetchConfig,
  resetPassword,
  signIn,
  signOutElsewhere,
  signUp,
  type AuthConfig,
  type BuiltInSession,
  type SignUpCodes,
} from './api';
import type { OidcSignIn } from './oidc';
import { endedBy, identityOf, judge, type Kept } from './session';

const SESSION = 'exchange.session';
const CONFIG = 'exchange.auth-config';
/** Where this tab was when it went to the issuer to sign out, which sends it back to the start. */
const LEFT = 'exchange.left';

/** The address to go back to, if this tab stands where the issuer has sent it. */
function takeLeft(): string | undefined {
  const left = recall<string>(LEFT, () => sessionStorage);
  remember(LEFT, undefined, () => sessionStorage);
  return addressHere() === pathTo('/') ? left : undefined;
}

class Auth {
  /** undefined: not known yet. */
  config = $state.raw<AuthConfig | undefined>(recall<AuthConfig>(CONFIG));
  signedIn = $state(false);
  /** Why the sign-in page is shown, if there is something to say. */
  reason = $state('');
  /** Who is signed in in this browser instead of this page's user; empty: nobody. */
  other = $state('');
  #kept = $state.raw<Kept | undefined>(recall<Kept>(SESSION));
  /** Whether the browser keeps the sign-in: only then do other tabs have a part in it. */
  #shared = true;
  /** While a new token of this page's user is on its way. */
  #renewing = false;
  #oidc: Promise<OidcSignIn> | undefined;
  #onEnded: () => void = () => {};

  constructor() {
    const kept = this.#kept;
    const expired = kept?.mode === 'built-in' && kept.expires_at_us / 1000 < Date.now();
    if (expired) this.#keep(undefined);
    this.signedIn = this.#kept !== undefined;
    onStored(SESSION, () => this.#look());
    // A tab that was frozen hears of nothing meanwhile.
    addEventListener('pageshow', () => this.#look());
    document.addEventListener('visibilitychange', () => this.#look());
  }

  /** The same for the same user, however often they sign in; empty when nobody is. */
  get identity(): string {
    return identityOf(this.#kept);
  }

  /** Called when this page's user no longer is: whatever is theirs has to go. */
  onEnded(listener: () => void): void {
    this.#onEnded = listener;
  }

  /** Always asked anew: the server may have been set up, or moved to another issuer, since. */
  async loadConfig(room?: string): Promise<AuthConfig> {
    this.config = await fetchConfig(room);
    remember(CONFIG, this.config);
    return this.config;
  }

  async signIn(name: string, password: string): Promise<void> {
    this.#enter({ mode: 'built-in', ...(await signIn(name, password)) });
  }

  async signUp(name: string, password: string, codes: SignUpCodes): Promise<void> {
    this.#enter({ mode: 'built-in', ...(await signUp(name, password, codes)) });
  }

  async resetPassword(code: string, newPassword: string): Promise<void> {
    this.#enter({ mode: 'built-in', ...(await resetPassword(code, newPassword)) });
  }

  async changePassword(password: string, newPassword: string): Promise<void> {
    await this.#renew(() => changePassword(this.token, password, newPassword));
  }

  async signOutElsewhere(): Promise<void> {
    await this.#renew(() => signOutElsewhere(this.token));
  }

  /** The built-in sign-in's token; empty when an issuer signs people in. */
  get token(): string {
    return this.#kept?.mode === 'built-in' ? this.#kept.token : '';
  }

  async beginOidc(): Promise<void> {
    await (await this.#oidcSignIn()).begin(takeLeft() ?? addressHere());
  }

  async completeOidc(): Promise<string> {
    const { returnTo, who } = await (await this.#oidcSignIn()).complete();
    this.#enter({ mode: 'oidc', ...who });
    return returnTo;
  }

  /** Of this page's user and of nobody else; rejects with a sentence when there is none any more. */
  async credential(): Promise<Credential> {
    const mine = this.#kept;
    if (!mine) throw new Error('Please sign in.');
    if (this.#shared) {
      // Another tab may have signed in anew, or changed the password, since.
      const verdict = judge(mine, recall<Kept>(SESSION));
      if (!verdict.own) throw this.#overtaken(verdict);
      this.#kept = verdict.kept;
    }
    if (this.#kept?.mode === 'built-in') return { accessToken: this.#kept.token };
    const { credential, who } = await (await this.#oidcSignIn()).credential();
    const verdict = judge(mine, { mode: 'oidc', ...who });
    if (!verdict.own) throw this.#overtaken(verdict);
    if (this.#kept && this.identity === '') this.#keep(verdict.kept);
    return credential;
  }

  /** Because the user wants to: where an issuer signed them in, there too. */
  signOut(): void {
    if (this.#kept?.mode === 'oidc') {
      remember(LEFT, addressHere(), () => sessionStorage);
      void this.#oidcSignIn().then((oidc) => oidc.leave());
    }
    this.#leave('');
  }

  /** Because the exchange does not let them in; `reason` is its sentence. */
  turnedAway(reason: string): void {
    if (this.#kept?.mode === 'oidc' && this.#isKept()) {
      void this.#oidcSignIn().then((oidc) => oidc.forget());
    }
    this.#leave(reason);
  }

  /** The exchange says that the credential is another user's than this page's. */
  isSomebodyElse(name: string): string {
    return this.#overtaken(endedBy(this.#kept, { name })).message;
  }

  #look(): void {
    if (!this.#kept || !this.#shared || this.#renewing) return;
    const verdict = judge(this.#kept, recall<Kept>(SESSION));
    if (verdict.own) this.#kept = verdict.kept;
    else this.#leave(this.#overtaken(verdict).message);
  }

  #overtaken({ reason, other }: { reason: string; other: string }): Error {
    this.other = other;
    return new Error(reason);
  }

  /** Whether what the browser keeps is still this page's user's: only then is it this page's to remove. */
  #isKept(): boolean {
    return this.#kept !== undefined && judge(this.#kept, recall<Kept>(SESSION)).own;
  }

  #leave(reason: string): void {
    this.#onEnded();
    if (this.#isKept()) this.#keep(undefined);
    this.#kept = undefined;
    this.reason = reason;
    this.signedIn = false;
  }

  /** The same user with another token. Other tabs may end before they have it: that does not end this one. */
  async #renew(ask: () => Promise<BuiltInSession>): Promise<void> {
    this.#renewing = true;
    try {
      const kept: Kept = { mode: 'built-in', ...(await ask()) };
      if (this.#kept && judge(this.#kept, kept).own) this.#keep(kept);
    } finally {
      this.#renewing = false;
      this.#look();
    }
  }

  #enter(kept: Kept): void {
    this.#keep(kept);
    this.reason = this.other = '';
    this.signedIn = true;
  }

  #keep(kept: Kept | undefined): void {
    this.#kept = kept;
    this.#shared = tryToKeep(SESSION, kept);
  }

  #oidcSignIn(): Promise<OidcSignIn> {
    this.#oidc ??= (async () => {
      const config = this.config?.mode === 'oidc' ? this.config : await this.loadConfig();
      if (config.mode !== 'oidc')
        throw new Error('This exchange now uses its own sign-in. Please sign in again.');
      const { OidcSignIn } = await import('./oidc');
      return new OidcSignIn(config);
    })();
    return this.#oidc;
  }
}

export const auth = new Auth();
