import { afterEach, expect, it } from 'vitest';
import { kindOfPage, leadsToRoom, marketAddress, pathTo, roomPath, roomPathFor } from './addresses';
import { here } from '$lib/app/page/here.svelte';

afterEach(() => (here.slug = undefined));

it('has the pages of a room under the room that the page is in, and no others', () => {
  here.slug = 'class-7';
  expect(pathTo('/portfolio')).toBe('/r/class-7/portfolio');
  expect(pathTo('/admin?part=room')).toBe('/r/class-7/admin?part=room');
  expect(pathTo('/accounts#keys')).toBe('/r/class-7/accounts#keys');
  expect(marketAddress(4n)).toBe('/r/class-7/markets/4');
  expect(pathTo('/rooms')).toBe('/rooms');
  expect(pathTo('/')).toBe('/');
  expect(roomPath('lab')).toBe('/r/lab/markets');
});

it.each([
  ['/', '/r/lab/markets'],
  ['/portfolio', '/r/lab/portfolio'],
  ['/markets/4', '/r/lab/markets/4'],
  ['/r/class-7', '/r/class-7/markets'],
  ['/r/class-7/', '/r/class-7/markets'],
  ['/r/class-7/nothing', '/r/class-7/markets'],
])('leads from %s to %s', (path, to) => {
  expect(leadsToRoom(path)).toBe(true);
  expect(roomPathFor(path, 'lab')).toBe(to);
});

it.each(['/rooms', '/docs', '/setup', '/join/class-7/ABC', '/r/class-7/markets/4', '/marketsx'])(
  'leaves %s as it is',
  (path) => expect(leadsToRoom(path)).toBe(false),
);

it('leads to the main room when none was open', () => {
  expect(roomPathFor('/', undefined)).toBe('/r/main/markets');
});

it.each([
  ['/r/class-7/markets/4', '/markets'],
  ['/r/class-7/portfolio', '/portfolio'],
  ['/rooms', undefined],
])('is at %s on the page %s', (path, kind) => {
  expect(kindOfPage(path)).toBe(kind);
});
