// Where one can go from anywhere.

import { base } from '$app/paths';
import { kindOfPage } from '$lib/app/addresses';
import type { IconName } from '$lib/ui/Icon.svelte';

export interface PageLink {
  /** Without the path under which the page is served. */
  href: `/${string}`;
  text: string;
  icon: IconName;
  /** Shown in the header from this width on; all others stand in the menu only. */
  inHeader?: 'always' | 'desk' | 'wide';
}

export const PAGES: readonly PageLink[] = [
  { href: '/markets', text: 'Markets', icon: 'search', inHeader: 'always' },
  { href: '/portfolio', text: 'Portfolio', icon: 'check', inHeader: 'always' },
  { href: '/leaderboard', text: 'Leaderboard', icon: 'trophy', inHeader: 'desk' },
  { href: '/transfers', text: 'Transfers', icon: 'money', inHeader: 'desk' },
  { href: '/accounts', text: 'Accounts', icon: 'people', inHeader: 'wide' },
  { href: '/rooms', text: 'Rooms', icon: 'room' },
  { href: '/help', text: 'Help', icon: 'help' },
  { href: '/docs', text: 'Docs', icon: 'book' },
];

export const ADMIN_PAGE: PageLink = { href: '/admin', text: 'Admin', icon: 'shield', inHeader: 'desk' };

/** The page that an address belongs to: a market's to the markets. */
export function pageOf(pathname: string): string {
  // All of a person is a part of what admins see.
  const kind = kindOfPage(pathname);
  return kind === '/people' ? ADMIN_PAGE.href : (kind ?? pathname.slice(base.length));
}
