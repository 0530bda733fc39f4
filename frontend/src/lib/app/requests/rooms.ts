// Rooms: going to one, opening one, and (for its elevated admins) running one.

import { goto } from '$app/navigation';
import { page } from '$app/state';
import { kindOfPage, roomPath } from '$lib/app/addresses';
import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  InviteToRoomSchema,
  Member,
  OpenRoomSchema,
  Role,
  RoomSettings,
  UpdateRoomSchema,
} from '$lib/gen/rooms_pb';
import type { EnterRoomSchema } from '$lib/gen/session_pb';
import { ROLE_WORD } from '$lib/state/words';
import { exchange } from '$lib/app/exchange.svelte';
import { toasts } from '$lib/app/alerts/toasts.svelte';

/** The same kind of page in another room. Its address has the room entered, see RoomDoor. */
export async function goToRoom(slug: string): Promise<void> {
  await goto(roomPath(slug, kindOfPage(page.url.pathname)));
}

/** Becomes a member of the room if need be. Its slug; rejects with its sentence if it does not let one in. */
export async function enterRoom(value: MessageInitShape<typeof EnterRoomSchema>): Promise<string> {
  const { event } = await exchange.request({ case: 'enterRoom', value });
  return event.case === 'roomEntered' ? event.value.slug : '';
}

/** Enters a room that somebody typed, by its name or its slug, and goes there. */
export const joinRoom = (value: MessageInitShape<typeof EnterRoomSchema>): Promise<void> =>
  exchange.move(async () => goto(roomPath(await enterRoom(value))));

/** Opens a room of one's own and goes there. */
export async function openRoom(value: MessageInitShape<typeof OpenRoomSchema>): Promise<void> {
  const { event } = await exchange.request({ case: 'openRoom', value });
  if (event.case !== 'roomChanged' || !event.value.room) return;
  const { slug, name } = event.value.room;
  await goto(roomPath(slug));
  toasts.show('done', name, 'The room is open. You are its admin.');
}

export async function updateRoom(value: MessageInitShape<typeof UpdateRoomSchema>): Promise<void> {
  if (Object.keys(value).length === 0) {
    return toasts.show('done', exchange.room?.name ?? '', 'Nothing was changed.');
  }
  const { event } = await exchange.request({ case: 'updateRoom', value });
  if (event.case === 'roomChanged') toasts.show('done', event.value.room?.name ?? '', 'Saved.');
}

export async function roomSettings(): Promise<RoomSettings | undefined> {
  const { event } = await exchange.request({ case: 'getRoomSettings', value: {} });
  return event.case === 'roomSettings' ? event.value : undefined;
}

export async function invite(
  value: MessageInitShape<typeof InviteToRoomSchema>,
): Promise<RoomSettings | undefined> {
  const { event } = await exchange.request({ case: 'inviteToRoom', value });
  return event.case === 'roomSettings' ? event.value : undefined;
}

export async function setRole({ user }: Member, role: Role): Promise<void> {
  await exchange.request({ case: 'setRole', value: { userId: user?.userId ?? 0n, role } });
  toasts.show('done', user?.name ?? '', `Role changed to ${ROLE_WORD[role].toLowerCase()}.`);
}

export async function removeMember({ user }: Member): Promise<void> {
  await exchange.request({ case: 'setRole', value: { userId: user?.userId ?? 0n, remove: true } });
  toasts.show('done', user?.name ?? '', 'The member was removed from the room. Their accounts stay.');
}
