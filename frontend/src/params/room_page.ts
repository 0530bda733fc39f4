import { leadsToRoom } from '$lib/app/addresses';

/** Addresses that name no room, or no page of it: "", "portfolio", "markets/4", "r/class-7". */
export const match = (path: string): boolean => leadsToRoom(`/${path}`);
