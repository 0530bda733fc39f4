// All that one can do or go to from here, by its name.

import { goto } from '$app/navigation';
import { actAs } from '$lib/app/requests/accounts';
import { marketAddress, pathTo } from '$lib/app/addresses';
import { alerts } from '$lib/app/alerts/alerts.svelte';
import { desk } from '$lib/app/page/desk.svelte';
import { exchange } from '$lib/app/exchange.svelte';
import { actionOf, ALERT_KEY } from '$lib/app/hotkeys';
import { enterRoom } from '$lib/app/requests/rooms';
import { theme } from '$lib/app/page/theme.svelte';
import { toasts } from '$lib/app/alerts/toasts.svelte';
import { auth } from '$lib/auth/auth.svelte';
import { MarketStatus } from '$lib/gen/markets_pb';
import { Role } from '$lib/gen/rooms_pb';
import { pinnedFirst } from '$lib/state/listing/labels';
import type { Named } from '$lib/state/palette';
import type { IconName } from '$lib/ui/Icon.svelte';
import { stars } from '$lib/components/markets/stars.svelte';
import { ADMIN_PAGE, PAGES } from '$lib/components/shell/pages';

export interface Command extends Named {
  id: string;
  /** What it is, at the end of its line. */
  kind: string;
  icon: IconName;
  /** The key that does the same. */
  key?: string;
  run: () => void;
}

/** Those of the page that is open first: they are why one asks. */
export const commandsNow = (): Command[] => [...here(), ...markets(), ...pages(), ...rooms(), ...own()];

/** What the keys of this page do. */
function here(): Command[] {
  const all: [key: string, text: string, icon: IconName, also?: string][] = [
    ['b', 'Buy', 'plus', 'order ticket'],
    ['s', 'Sell', 'plus', 'order ticket short'],
    ['x', 'Cancel all orders here…', 'close'],
    ['o', 'Choose one of your orders', 'edit', 'own move cancel'],
    [ALERT_KEY, 'Set a price alert…', 'bell', 'watch notify'],
    ['c', 'Chart: price or depth', 'check'],
    ['h', 'History: the book as it was', 'back', 'past'],
    ['n', 'Next market', 'down'],
    ['N', 'Previous market', 'down'],
  ];
  return all.flatMap(([key, text, icon, also = '']) =>
    actionOf(key)
      ? { id: `key ${key}`, text, also, kind: 'This market', icon, key, run: () => actionOf(key)?.() }
      : [],
  );
}

function markets(): Command[] {
  return pinnedFirst(exchange.markets, ({ marketId }) => stars.has(marketId)).map(
    ({ marketId, name, category, group, status }) => ({
      id: `market ${marketId}`,
      text: name,
      also: `${category} ${group}`,
      kind: status === MarketStatus.SETTLED ? 'Settled market' : 'Market',
      icon: 'search',
      run: () => void goto(marketAddress(marketId)),
    }),
  );
}

function pages(): Command[] {
  const all = exchange.elevated ? [...PAGES, ADMIN_PAGE] : PAGES;
  return all.map(({ href, text, icon }) => ({
    id: `page ${href}`,
    text,
    also: 'go to page',
    kind: 'Page',
    icon,
    run: () => void goto(pathTo(href)),
  }));
}

function rooms(): Command[] {
  const others = exchange.rooms.filter(
    ({ roomId, archived }) =>
      !archived && roomId !== exchange.room?.roomId && exchange.roleIn(roomId) !== Role.UNSPECIFIED,
  );
  return others.map(({ roomId, name }) => ({
    id: `room ${roomId}`,
    text: name,
    also: 'enter room',
    kind: 'Room',
    icon: 'room',
    run: () =>
      void enterRoom({ roomId }).catch((failure: unknown) =>
        toasts.refused('You did not change room', failure),
      ),
  }));
}

function own(): Command[] {
  const accounts = exchange.ownAccounts.filter(({ account }) => account.accountId !== exchange.accountId);
  const acting = accounts.map(({ account: { accountId, name } }): Command => ({
    id: `account ${accountId}`,
    text: `Act as ${name}`,
    kind: 'Account',
    icon: 'people',
    run: () => void actAs(accountId),
  }));
  const choice = (id: string, text: string, icon: IconName, run: () => void, also = ''): Command => ({
    id,
    text,
    also,
    kind: 'Setting',
    icon,
    run,
  });
  const powers = exchange.elevated ? 'Turn off admin powers' : 'Turn on admin powers';
  const elevate = () =>
    void exchange
      .setElevated(!exchange.elevated)
      .catch((failure: unknown) => toasts.refused('Admin powers were not changed', failure));
  return [
    ...acting,
    choice('theme', theme.dark ? 'Light theme' : 'Dark theme', theme.dark ? 'sun' : 'moon', () =>
      theme.toggle(),
    ),
    choice(
      'asks',
      desk.asks ? 'Stop asking before orders and cancels' : 'Ask before orders and cancels',
      'check',
      () => (desk.asks = !desk.asks),
      'confirm',
    ),
    choice(
      'sound',
      alerts.sound ? 'Stop the sound on fills and price alerts' : 'Play a sound on fills and price alerts',
      'bell',
      () => alerts.setSound(!alerts.sound),
    ),
    ...(exchange.isAdmin ? [choice('powers', powers, 'shield', elevate, 'elevate')] : []),
    choice('keys', 'Keyboard', 'keyboard', () => actionOf('?')?.(), 'keys shortcuts help'),
    choice('sign-in', 'Sign-in', 'key', () => void goto(pathTo('/setup')), 'password'),
    choice('sign-out', 'Sign out', 'exit', () => auth.signOut(), 'leave log out'),
  ];
}
