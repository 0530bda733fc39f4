// What the keys do, for the sheet behind `?`.

export interface Hotkey {
  key: string;
  does: string;
}

export const HOTKEYS: readonly { title: string; keys: readonly Hotkey[] }[] = [
  {
    title: 'Trading',
    keys: [
      { key: 'b', does: 'Buy: go to the order ticket' },
      { key: 's', does: 'Sell: go to the order ticket' },
      { key: '↑ ↓', does: 'In price and quantity: one step (ten with Shift)' },
      { key: 'Enter', does: 'In the ticket: place the order' },
      { key: 'o', does: 'Choose an order of yours, one after another' },
      { key: '↑ ↓', does: 'With one chosen: move it (ten ticks with Shift), Enter sends it there' },
      { key: 'Del', does: 'Cancel the chosen order' },
      { key: 'x', does: 'Cancel all orders in this market (press x again to confirm)' },
      { key: 'a', does: 'Act as another account' },
      { key: 'n N', does: 'Next or previous market' },
    ],
  },
  {
    title: 'Viewing',
    keys: [
      { key: 'c', does: 'Chart: price or depth' },
      { key: 'w', does: 'Watch the price: set an alert' },
      { key: 'h', does: 'History: the book as it was (h or Esc returns to live)' },
      { key: '← →', does: 'In the past: step back or forward (100 with Shift)' },
      { key: ', .', does: 'In the past: previous or next trade' },
    ],
  },
  {
    title: 'Navigation',
    keys: [
      { key: 'Ctrl K', does: 'Commands: any market, page, room or action by its name (⌘K on a Mac)' },
      { key: '/', does: 'Search markets (↑ ↓ choose, Enter opens)' },
      { key: 'm', does: 'Markets' },
      { key: 'p', does: 'Portfolio' },
      { key: 'l', does: 'Leaderboard' },
      { key: 't', does: 'Transfers and money codes' },
      { key: 'r', does: 'Rooms' },
      { key: 'Esc', does: 'Close a dialog or leave a field' },
      { key: '?', does: 'Show this list' },
    ],
  },
];
