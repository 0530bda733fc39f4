// What one chooses for a room, in words.

import { JoinPolicy, WhoMayCreateMarkets } from '$lib/gen/rooms_pb';

export const JOIN_POLICIES = [
  { value: JoinPolicy.OPEN, text: 'Anyone', title: 'Everyone on this exchange may join' },
  {
    value: JoinPolicy.INVITE,
    text: 'Invited',
    title: 'Who knows the join code, or whose e-mail address is listed',
  },
  { value: JoinPolicy.CLOSED, text: 'Nobody more', title: 'Only those who are in it already' },
];

export const WHO_MAY_CREATE = [
  { value: WhoMayCreateMarkets.ANYONE, text: 'Every trader' },
  { value: WhoMayCreateMarkets.ADMINS, text: 'Admins only' },
];
