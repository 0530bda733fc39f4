// Every address goes through here. What belongs to a room stands under /r/<slug>: a link says which
// room it is of, and two tabs in two rooms are each loaded again into their own.

import { base } from '$app/paths';
import { here } from '$lib/app/page/here.svelte';

/** What each room has a page of. */
const ROOM_PAGES = new Set([
  'markets',
  'portfolio',
  'transfers',
  'leaderboard',
  'accounts',
  'people',
  'admin',
]);
const OF_A_ROOM = /^\/r\/([^/]+)(\/.*)?$/;

/** The room that is there from the start. */
export const MAIN_ROOM = 'main';

/** Where the page is served, without a slash at its end: the site, and the path of it under which a proxy has put it. */
export const siteAddress = (): string => location.origin + base;

/** What the browser is at, without the site. */
export const addressHere = (): string => location.pathname + location.search + location.hash;

/** An address within the page, or of the exchange: under the path where it is served. What each room has is that of the room this page is in. */
export function pathTo(path: `/${string}`): string {
  return here.slug !== undefined && isRoomPage(path) ? roomPath(here.slug, path) : base + path;
}

/** The link that leads into a room, with its join code if it has one: signing up is on the way. */
export const joinLink = (site: string, slug: string, code = ''): string =>
  `${site}/join/${slug}${code === '' ? '' : `/${code}`}`;

/** A page of a room: its markets, or what is named. */
export const roomPath = (slug: string, path: `/${string}` = '/markets'): string => `${base}/r/${slug}${path}`;

/** "/portfolio?x=1" and "/markets/4" are pages that each room has. */
const isRoomPage = (path: string): boolean => ROOM_PAGES.has(path.split(/[/?#]/)[1] ?? '');

/** An address without a room, or without a page of it: it leads to a room's page. */
export const leadsToRoom = (path: string): boolean =>
  path === '/' || isRoomPage(path) || (path.match(OF_A_ROOM) !== null && pageOf(path) === undefined);

/** Where such an address leads, when `last` is the room that was open last. */
export function roomPathFor(path: string, last: string | undefined): string {
  const slug = path.match(OF_A_ROOM)?.[1];
  if (slug !== undefined) return roomPath(slug);
  return roomPath(last ?? MAIN_ROOM, isRoomPage(path) ? (path as `/${string}`) : '/markets');
}

/** Which page of a room an address is: "/markets/4" of "/r/class-7/markets/4". undefined: none. */
function pageOf(path: string): `/${string}` | undefined {
  const rest = path.match(OF_A_ROOM)?.[2];
  return rest !== undefined && isRoomPage(rest) ? (rest as `/${string}`) : undefined;
}

/** Which kind of page an address of the browser is, for the same in another room: "/markets" of a market's. */
export function kindOfPage(pathname: string): `/${string}` | undefined {
  const page = pageOf(pathname.slice(base.length));
  return page && `/${page.split('/')[1]}`;
}

/** The market of an address, or undefined if that is no id at all. */
export function marketIdFrom(param: string | undefined): bigint | undefined {
  return param !== undefined && /^\d{1,19}$/.test(param) ? BigInt(param) : undefined;
}

export const marketAddress = (marketId: bigint): string => pathTo(`/markets/${marketId}`);

/** All of one member, for elevated admins. */
export const personAddress = (userId: bigint): string => pathTo(`/people/${userId}`);
