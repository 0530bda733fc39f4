// What the keys do, for the sheet behind `?`.

export interface Hotkey {
  key: string;
  does: string;
}

export const HOTKEYS: readonly { title: string; keys: readonly Hotkey[] }[] = [
  {
    title: 'Trading',
    keys: [
      { key: 'b', does: 'Go to the order ticket, to buy' },
      { key: 's', does: 'Go to the order ticket, to sell' },
      { key: '↑ ↓', does: 'Change price or quantity by one step (ten with Shift)' },
      { key: 'Enter', does: 'Place the order, in the ticket' },
      { key: 'o', does: 'Choose your next order' },
      { key: '↑ ↓', does: 'Move the chosen order (ten ticks with Shift), Enter confirms' },
      { key: 'Del', does: 'Cancel the chosen order' },
      { key: 'x', does: 'Cancel all orders in this market (press x again to confirm)' },
      { key: 'a', does: 'Act as another account' },
      { key: 'n N', does: 'Next or previous market' },
    ],
  },
  {
    title: 'Viewing',
    keys: [
      { key: 'c', does: 'Switch the chart between price and depth' },
      { key: 'w', does: 'Set a price alert' },
      { key: 'h', does: 'Show the book as it was in the past (h or Esc returns to live)' },
      { key: '← →', does: 'Step back or forward in the past (100 steps with Shift)' },
      { key: ', .', does: 'Go to the previous or next trade in the past' },
    ],
  },
  {
    title: 'Navigation',
    keys: [
      { key: 'Ctrl K', does: 'Find a market, page, room or action by its name (⌘K on a Mac)' },
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
