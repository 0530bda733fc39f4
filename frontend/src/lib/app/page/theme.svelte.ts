// Dark or light: the system's, until the user chooses. static/theme.js does the
// same before the first paint and reads the same key. All tabs follow.

import { onStored } from '$lib/app/kept/storage';

const KEY = 'exchange.theme';

/** Null: nothing, or the browser refuses to say. */
function chosenBefore(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

class Theme {
  /** Also where the browser keeps nothing: a choice holds for this visit. */
  #isChosen = chosenBefore() !== null;
  dark = $state(document.documentElement.classList.contains('dark'));

  constructor() {
    onStored(KEY, () => {
      const chosen = chosenBefore();
      this.#isChosen = chosen !== null;
      if (chosen !== null) this.#show(chosen === 'dark');
    });
    const system = matchMedia('(prefers-color-scheme: dark)');
    const follow = () => {
      if (!this.#isChosen) this.#show(system.matches);
    };
    system.addEventListener('change', follow);
    // It may have changed since the first paint, before anybody listened.
    follow();
  }

  toggle(): void {
    this.#isChosen = true;
    this.#show(!this.dark);
    try {
      localStorage.setItem(KEY, this.dark ? 'dark' : 'light');
    } catch {
      // For this visit only.
    }
  }

  #show(dark: boolean): void {
    this.dark = dark;
    document.documentElement.classList.toggle('dark', dark);
  }
}

export const theme = new Theme();
