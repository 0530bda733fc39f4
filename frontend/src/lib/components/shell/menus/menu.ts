// What the header's menus have in common.

import type { Snippet } from 'svelte';

export interface MenuProps {
  /** Name of the button that opens it. */
  label: string;
  /** Looks of that button, and what is in it. */
  face: string;
  children: Snippet;
  /** Whether it was asked for before it was here. */
  open: boolean;
}

export const menuItem =
  'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 text-sm outline-none select-none data-highlighted:bg-hover';
export const menuPanel =
  'z-50 max-h-[80dvh] w-64 overflow-y-auto rounded-lg border border-line bg-panel p-1.5 shadow-xl outline-none';
export const menuTitle = 'px-2 pt-1.5 pb-0.5 text-2xs font-medium text-muted';
