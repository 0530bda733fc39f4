// Single keys, as long as nobody is typing.

export interface Hotkey {
  key: string;
  does: string;
}

/** For the sheet behind `?`. */
export const HOTKEYS: readonly { title: string; keys: readonly Hotkey[] }[] = [
  {
    title: 'Trading',
    keys: [
      { key: 'b', does: 'Buy: to the order ticket' },
      { key: 's', does: 'Sell: to the order ticket' },
      { key: '↑ ↓', does: 'In price and quantity: one step (with Shift: ten)' },
      { key: 'Enter', does: 'In the ticket: place the order' },
      { key: 'x', does: 'Cancel all orders in this market (asks first; x again does it)' },
      { key: 'a', does: 'Act as another account' },
      { key: 'n N', does: 'Next market, the one before' },
    ],
  },
  {
    title: 'Looking',
    keys: [
      { key: 'c', does: 'Chart: price or depth' },
      { key: 'h', does: 'The past: the book as it was; again, or Esc: back to live' },
      { key: '← →', does: 'There: a step back or on (with Shift: 100)' },
      { key: ', .', does: 'There: the trade before, the next one' },
    ],
  },
  {
    title: 'Going',
    keys: [
      { key: '/', does: 'Search markets' },
      { key: 'm', does: 'Markets' },
      { key: 'p', does: 'Portfolio' },
      { key: 'l', does: 'Leaderboard' },
      { key: 't', does: 'Transfers and codes' },
      { key: 'r', does: 'Rooms' },
      { key: 'Esc', does: 'Close, or leave the field' },
      { key: '?', does: 'This list' },
    ],
  },
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
