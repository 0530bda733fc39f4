// Signing in or up when a whole class does so at once: the exchange says when to come again, and
// the page does, with what was typed.

import { SignInRefused } from './api';

/** Who has to wait longer than this is told so, and tries again by themselves. */
const LONGEST_MS = 60_000;
const SLOWEST_MS = 15_000;

/** Not all in the same instant, and later each time: `tries` counts those that were refused before. */
export function delayMs(afterMs: number, tries: number, random: () => number = Math.random): number {
  return Math.round(afterMs + random() * Math.min(SLOWEST_MS, 1_000 * (tries + 1)));
}

/** "Many are signing up. Try again in 3 seconds." without its second sentence. */
export const reasonOf = (sentence: string): string => sentence.replace(/\s*Try again in [^.]*\.$/, '');

export class Attempt {
  busy = $state(false);
  refused = $state('');
  /** Why it waits; empty: it does not. */
  reason = $state('');
  secondsLeft = $state(0);
  #wake: (goesOn: boolean) => void = () => {};

  /** Tries until it is done, or refused for good, or told to stop. */
  async run(act: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.refused = '';
    try {
      for (let tries = 0; ; tries++) {
        const wait = await this.#try(act);
        if (wait === undefined || !(await this.#sleep(delayMs(wait, tries)))) return;
      }
    } catch (failure) {
      this.refused = failure instanceof Error ? failure.message : String(failure);
    } finally {
      this.busy = false;
      this.reason = '';
    }
  }

  /** Does not try again; what was typed stays. */
  stop(): void {
    this.#wake(false);
  }

  /** Undefined: done. Else after how long to try again. */
  async #try(act: () => Promise<void>): Promise<number | undefined> {
    try {
      await act();
      return undefined;
    } catch (failure) {
      const wait = failure instanceof SignInRefused ? failure.retryAfterMs : undefined;
      if (wait === undefined || wait > LONGEST_MS) throw failure;
      this.reason = reasonOf((failure as Error).message);
      return wait;
    }
  }

  #sleep(ms: number): Promise<boolean> {
    const until = Date.now() + ms;
    const tell = () => (this.secondsLeft = Math.max(1, Math.ceil((until - Date.now()) / 1_000)));
    tell();
    const ticking = setInterval(tell, 250);
    return new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(true), ms);
      this.#wake = (goesOn) => {
        clearTimeout(timer);
        resolve(goesOn);
      };
    }).finally(() => clearInterval(ticking));
  }
}
