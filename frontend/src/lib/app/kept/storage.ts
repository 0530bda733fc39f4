// localStorage, which may be full, refused, or hold something of an older version. All tabs
// of a browser share it: what is one user's there says whose it is, and what another tab
// changed is read anew before it is changed here.

import { base } from '$app/paths';

/** Of the exchange under this path; another under another path of the same site has names of its own. */
const keyHere = (key: string): string => (base ? `${base} ${key}` : key);

export function recall<T>(key: string, storage: () => Storage = () => localStorage): T | undefined {
  try {
    const text = storage().getItem(keyHere(key));
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

/** Works for this visit if it cannot be kept, and is forgotten after it. */
export function remember(key: string, value: unknown, storage: () => Storage = () => localStorage): void {
  tryToKeep(key, value, storage);
}

/** Whether it could be kept. */
export function tryToKeep(key: string, value: unknown, storage: () => Storage = () => localStorage): boolean {
  try {
    if (value === undefined) storage().removeItem(keyHere(key));
    else storage().setItem(keyHere(key), JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** Calls when another tab of this browser has changed it. */
export function onStored(key: string, listener: () => void): void {
  addEventListener('storage', (event) => {
    if (event.key === keyHere(key) || event.key === null) listener();
  });
}
