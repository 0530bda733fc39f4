// Single keys, as long as nobody is typing.

export interface Hotkey {
  key: string;
  does: string;
}

/** For the sheet behind `?`. */
export const HOTKEYS: readonly Hotkey[] = [
  { key: 'b', does: 'Buy: to the order ticket' },
  { key: 's', does: 'Sell: to the order ticket' },
  { key: '↑ ↓', does: 'In price and quantity: one step up or down (with Shift: ten)' },
  { key: 'Enter', does: 'In the ticket: place the order' },
  { key: 'x', does: 'Cancel all orders in this market (asks first)' },
  { key: 'n N', does: 'Next market, the one before' },
  { key: '/', does: 'Search markets' },
  { key: 'm', does: 'Markets' },
  { key: 'p', does: 'Portfolio' },
  { key: 'l', does: 'Leaderboard' },
  { key: 't', does: 'Transfers and codes' },
  { key: 'a', does: 'Accounts: act as another' },
  { key: 'r', does: 'Rooms' },
  { key: 'Esc', does: 'Close, or leave the field' },
  { key: '?', does: 'This list' },
];

type Actions = Record<string, () => void>;

const layers: Actions[] = [];

/** Adds keys for as long as a component lives; the last one added wins. Returns its removal. */
export function hotkeys(actions: Actions): () => void {
  layers.push(actions);
  return () => void layers.splice(layers.indexOf(actions), 1);
}

export function onKeydown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target as HTMLElement;
  if (target.closest('input, textarea, select, [contenteditable]')) {
    if (event.key === 'Escape') target.blur();
    return;
  }
  if (document.querySelector('dialog[open], [role="menu"]')) return;
  const action = layers.findLast((layer) => event.key in layer)?.[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}
