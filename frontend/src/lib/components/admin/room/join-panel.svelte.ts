// What the panel with a room's link knows, from where each of it is told.

import { joinLink, siteAddress } from '$lib/app/addresses';
import { exchange } from '$lib/app/exchange.svelte';
import { roomSettings, updateRoom } from '$lib/app/requests/rooms';
import { fetchAddresses, fetchJoinCode } from '$lib/auth/admin-api';
import { auth } from '$lib/auth/auth.svelte';
import type { Room, RoomSettings } from '$lib/gen/rooms_pb';
import { addressesFor, joinWay } from './join';

export class JoinPanel {
  readonly #room: () => Room;
  settings = $state.raw<RoomSettings>();
  #exchangeCode = $state('');
  /** undefined: not told, as only admins of the exchange are. */
  #told = $state.raw<string[]>();
  chosen = $state<string>();

  constructor(room: () => Room) {
    this.#room = room;
  }

  async load(): Promise<void> {
    const config = await auth.loadConfig();
    if (exchange.user?.isServerAdmin) {
      const { accessToken } = await auth.credential();
      this.#told = await fetchAddresses(accessToken);
      if (config.mode === 'built-in') this.#exchangeCode = (await fetchJoinCode(accessToken)) ?? '';
    }
    this.settings = await roomSettings();
  }

  async setCode(joinCode: string): Promise<void> {
    await updateRoom({ joinCode });
    this.settings = await roomSettings();
  }

  readonly addresses = $derived.by(() => addressesFor(siteAddress(), this.#told ?? []));
  /** Only this machine can reach the exchange. */
  readonly isOnlyHere = $derived.by(() => this.#told?.length === 0 && this.addresses.length === 0);
  readonly site = $derived.by(() => this.chosen ?? this.addresses[0] ?? siteAddress());

  readonly way = $derived.by(() => {
    const { joinPolicy, archived } = this.#room();
    return joinWay({
      policy: joinPolicy,
      archived,
      roomCode: this.settings?.joinCode ?? '',
      signUpNeedsCode: auth.config?.mode === 'built-in' && auth.config.join_code_needed,
      exchangeCode: this.#exchangeCode,
    });
  });
  readonly link = $derived.by(() => joinLink(this.site, this.#room().slug, this.way.code));
  /** Shorter, for who types it; the code is asked for. */
  readonly typed = $derived.by(() => joinLink(this.site, this.#room().slug));
}
