import { auth } from '$lib/auth/auth.svelte';
import { exchange } from '$lib/app/exchange.svelte';

/** Under which a `Kept` keeps what somebody chose about one room. */
export const inThisRoom = (): string => `${auth.identity} ${exchange.room?.roomId ?? 0n}`;
