// Dark or light: the system's, until the user chooses. static/theme.js does the
// same before the first paint and reads the same key.

const KEY = 'exchange.theme';

class Theme {
  dark = $state(document.documentElement.classList.contains('dark'));

  constructor() {
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', ({ matches }) => {
      if (localStorage.getItem(KEY) === null) this.#show(matches);
    });
  }

  toggle(): void {
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
