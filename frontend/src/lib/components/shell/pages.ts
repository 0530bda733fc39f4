// Where one can go from anywhere.

import type { IconName } from '$lib/ui/Icon.svelte';

export interface PageLink {
  href: string;
  text: string;
  icon: IconName;
  /** Shown in the header from this width on; all others stand in the menu only. */
  inHeader?: 'always' | 'desk' | 'wide';
}

export const PAGES: readonly PageLink[] = [
  { href: '/', text: 'Markets', icon: 'search', inHeader: 'always' },
  { href: '/portfolio', text: 'Portfolio', icon: 'check', inHeader: 'always' },
  { href: '/leaderboard', text: 'Leaderboard', icon: 'trophy', inHeader: 'desk' },
  { href: '/transfers', text: 'Transfers', icon: 'money', inHeader: 'desk' },
  { href: '/accounts', text: 'Accounts', icon: 'people', inHeader: 'wide' },
  { href: '/rooms', text: 'Rooms', icon: 'room' },
  { href: '/docs', text: 'Docs', icon: 'book' },
];

export const ADMIN_PAGE: PageLink = { href: '/admin', text: 'Admin', icon: 'shield', inHeader: 'desk' };

/** The page that an address belongs to: a market's to the markets. */
export function pageOf(pathname: string): string {
  const known = [...PAGES, ADMIN_PAGE].find(({ href }) => href !== '/' && pathname.startsWith(href));
  return known?.href ?? '/';
}
