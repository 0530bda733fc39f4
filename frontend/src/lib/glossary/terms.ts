// What the words of the page mean, in a sentence or two each: where they stand on the page, and
// together under /help. One place, so that a word means the same everywhere.

export interface Meaning {
  name: string;
  text: string;
}

const meanings = <K extends string>(all: Record<K, Meaning>): Record<K, Meaning> => all;

export const TERMS = meanings({
  available: {
    name: 'Available',
    text: 'The money you can still put at risk: your cash, plus the worst case of each of your markets.',
  },
  average: {
    name: 'Average price',
    text: 'What the contracts you hold now cost on average. Buying more changes it, selling some does not. This is called average cost.',
  },
  basket: {
    name: 'Basket',
    text: 'A market whose price is the sum of others, each with a weight. Anyone can exchange its parts for baskets (create) or baskets for their parts (redeem).',
  },
  bid: { name: 'Bid', text: 'The highest price that somebody will pay now. You sell at the bid.' },
  'break-even': {
    name: 'Break-even',
    text: 'The price at which you can close your position with a profit of zero in this market.',
  },
  contract: {
    name: 'Contract',
    text: 'What is traded. One contract pays its holder the settlement price.',
  },
  depth: {
    name: 'Depth',
    text: 'How many contracts are waiting at this price and at all better ones.',
  },
  equity: { name: 'Equity', text: 'What your account is worth: cash plus your positions at their marks.' },
  fok: {
    name: 'FOK, fill or kill',
    text: 'The order fills completely and at once, or it is refused.',
  },
  gtc: {
    name: 'GTC, good till cancelled',
    text: 'The order stays in the book until it is filled or you cancel it.',
  },
  gtt: {
    name: 'GTT, good till time',
    text: 'The order stays in the book until it is filled, you cancel it, or its time is over.',
  },
  ioc: {
    name: 'IOC, immediate or cancel',
    text: 'The order fills what it can at once. The rest is cancelled.',
  },
  long: { name: 'Long', text: 'You hold contracts. You gain when the price rises.' },
  lot: {
    name: 'Lot',
    text: 'The smallest quantity that can be traded. Here it is 0.01 contracts in every market.',
  },
  maker: {
    name: 'Maker',
    text: 'The trader whose order was waiting in the book. The trade is at the price of that order.',
  },
  margin: {
    name: 'Margin',
    text: 'The money held back so that you can pay whatever happens. It becomes available again when your position or order ends.',
  },
  mark: {
    name: 'Mark',
    text: 'The price at which an open position is valued: usually the middle between bid and offer, or else the last trade.',
  },
  'net-deposits': {
    name: 'Net deposits',
    text: 'The money an account received less the money it gave, without trading: opening balance, grants, codes and transfers.',
  },
  offer: {
    name: 'Offer',
    text: 'The lowest price at which somebody will sell now, also called the ask. You buy at the offer.',
  },
  option: {
    name: 'Option',
    text: 'The right to buy (a call) or to sell (a put) another market’s contract at a fixed price, the strike.',
  },
  book: {
    name: 'Order book',
    text: 'All orders that are waiting, by price. The best price comes first, and at one price the order that came first.',
  },
  position: {
    name: 'Position',
    text: 'The contracts you hold in a market. Above zero you are long, below zero short.',
  },
  'post-only': {
    name: 'Post only',
    text: 'The order is refused if it would trade at once. So it can only wait in the book.',
  },
  profit: {
    name: 'Profit',
    text: 'What you have made in a market: realised and unrealised profit together.',
  },
  realised: {
    name: 'Realised',
    text: 'The profit from contracts you have closed, at average cost. It no longer changes with the price.',
  },
  'reduce-only': {
    name: 'Reduce only',
    text: 'The order can make your position smaller, but never open, enlarge or reverse it.',
  },
  settlement: {
    name: 'Settlement',
    text: 'The end of a market: when the answer is known, each contract is paid at the settlement price.',
  },
  short: {
    name: 'Short',
    text: 'You have sold contracts that you did not hold. You gain when the price falls, and at settlement you pay the settlement price of each.',
  },
  spread: {
    name: 'Spread',
    text: 'The difference between bid and offer. Buying and selling again at once costs you the spread.',
  },
  strike: {
    name: 'Strike',
    text: 'The price at which an option lets its holder buy or sell.',
  },
  taker: {
    name: 'Taker',
    text: 'The trader whose order trades at once with a waiting order.',
  },
  tick: {
    name: 'Tick',
    text: 'The smallest step between two prices of a market.',
  },
  unrealised: {
    name: 'Unrealised',
    text: 'The profit of your open position if it were closed at the mark. It changes with the price.',
  },
  'worst-case': {
    name: 'Worst case',
    text: 'Your profit in this market if all your open orders fill and it settles at the worst price for you. You can never lose more.',
  },
});

export type TermKey = keyof typeof TERMS;
