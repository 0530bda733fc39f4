// What one chooses for a room, in words.

import { JoinPolicy, WhoMayCreateMarkets } from '$lib/gen/rooms_pb';

export const JOIN_POLICIES = [
  { value: JoinPolicy.OPEN, text: 'Anyone', title: 'Everyone on this exchange can join' },
  {
    value: JoinPolicy.INVITE,
    text: 'By invitation',
    title: 'People with the join code or an invited email address can join',
  },
  { value: JoinPolicy.CLOSED, text: 'Closed', title: 'Nobody else can join' },
];

export const WHO_MAY_CREATE = [
  { value: WhoMayCreateMarkets.ADMINS, text: 'Admins only' },
  { value: WhoMayCreateMarkets.ANYONE, text: 'Any trader' },
];
