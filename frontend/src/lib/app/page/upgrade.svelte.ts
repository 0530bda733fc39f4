// A page that is open over an upgrade is an old one: code that it has not fetched yet is gone from the server.
// It notices, says so, and is loaded anew by itself as soon as nothing that was typed would be lost.

import { beforeNavigate } from '$app/navigation';
import { updated } from '$app/state';
import { onMount } from 'svelte';
import { exchange } from '$lib/app/exchange.svelte';
import { isBeingTyped, watchTyping } from './typing';

const LOOK_EVERY_MS = 1_000;
/** So long nothing was touched. */
const QUIET_FOR_MS = 10_000;
/** Which page this tab has loaded anew, so that a server that goes on sending it is not asked for ever. */
const RELOADED_KEY = 'exchange.reloaded';

class Upgrade {
  /** A part of this page could not be fetched. */
  isBroken = $state(false);

  /** The server has a newer page. */
  get isThere(): boolean {
    return updated.current;
  }
}

export const upgrade = new Upgrade();

/** Asks the server which page it has. */
export const lookForUpgrade = (): void => void updated.check();

/** What this page is: its entry script is named by its content. */
const thisPage = () => document.querySelector<HTMLScriptElement>('script[src*="/entry/boot."]')?.src ?? '';

/** Once for each page; never where the tab can't remember it. */
function mayReload(): boolean {
  try {
    if (sessionStorage.getItem(RELOADED_KEY) === thisPage()) return false;
    sessionStorage.setItem(RELOADED_KEY, thisPage());
    return true;
  } catch {
    return false;
  }
}

/** For the layout: from then on upgrades are noticed. */
export function noticeUpgrades(): void {
  let touchedAt = Date.now();

  // A server that was away may have come back as another one.
  let wasConnected = false;
  $effect(() => {
    const connected = exchange.status === 'connected';
    if (connected && wasConnected) lookForUpgrade();
    wasConnected ||= connected;
  });

  // Another page is fetched as a whole.
  beforeNavigate(({ willUnload, to }) => {
    if (updated.current && !willUnload && to?.url) location.href = to.url.href;
  });

  onMount(() => {
    const touched = () => (touchedAt = Date.now());
    const failed = () => {
      upgrade.isBroken = true;
      lookForUpgrade();
    };
    const seen = () => document.visibilityState === 'visible' && lookForUpgrade();
    const reloadWhenQuiet = () => {
      if (!updated.current || isBeingTyped() || Date.now() - touchedAt < QUIET_FOR_MS) return;
      if (mayReload()) location.reload();
    };
    const ends = [
      on(window, 'vite:preloadError', failed),
      on(document, 'visibilitychange', seen),
      on(document, 'pointerdown', touched),
      on(document, 'keydown', touched),
      watchTyping(),
    ];
    const timer = setInterval(reloadWhenQuiet, LOOK_EVERY_MS);
    return () => {
      clearInterval(timer);
      for (const end of ends) end();
    };
  });
}

function on(target: EventTarget, name: string, listener: () => void): () => void {
  target.addEventListener(name, listener, true);
  return () => target.removeEventListener(name, listener, true);
}
