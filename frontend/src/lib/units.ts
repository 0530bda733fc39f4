// Money without floating point. Prices and quantities are integers of 1/100,
// cash is a bigint of 1/10,000, so price x quantity is cash exactly.

export const MAX_PRICE = 100_000_000; // 1,000,000.00
export const MAX_QUANTITY = 100_000_000; // 1,000,000.00 contracts

const MINUS = '\u2212';

/** How a number's sign is shown: only when negative, or always (but never on zero). */
export type Sign = 'auto' | 'always';

function formatScaled(value: bigint, scale: number, digits: number, sign: Sign): string {
  const negative = value < 0n;
  const text = (negative ? -value : value).toString().padStart(scale + 1, '0');
  const whole = text.slice(0, -scale).replace(/\B(?=(\d{3})+$)/g, ',');
  let fraction = text.slice(-scale).replace(/0+$/, '');
  fraction = fraction.padEnd(digits, '0');
  const prefix = negative ? MINUS : sign === 'always' && value !== 0n ? '+' : '';
  return prefix + whole + (fraction === '' ? '' : '.' + fraction);
}

/** At least `digits` decimals, more where the value has more: nothing is rounded away. */
export function formatPrice(price: number, digits = 2, sign: Sign = 'auto'): string {
  return formatScaled(BigInt(price), 2, digits, sign);
}

export function formatQuantity(quantity: number | bigint, sign: Sign = 'auto'): string {
  return formatScaled(BigInt(quantity), 2, 2, sign);
}

/** For sentences: "5 contracts", not "5.00". */
export function formatQuantityShort(quantity: number | bigint, sign: Sign = 'auto'): string {
  return formatScaled(BigInt(quantity), 2, BigInt(quantity) % 100n === 0n ? 0 : 2, sign);
}

export function formatCash(cash: bigint, sign: Sign = 'auto'): string {
  return formatScaled(cash, 4, 2, sign);
}

/**
 * Cash for the eye, in columns: two decimals, rounded; the exact figure belongs
 * in its title. Sentences and requests use `formatCash`.
 */
export function formatMoney(cash: bigint, sign: Sign = 'auto'): string {
  const half = cash < 0n ? -50n : 50n;
  return formatScaled((cash + half) / 100n, 2, 2, sign);
}

/** Decimals that prices of this tick size need: 1.00 needs none, 0.05 needs two. */
export function priceDigits(tickSize: number): number {
  if (tickSize % 100 === 0) return 0;
  return tickSize % 10 === 0 ? 1 : 2;
}

/** A formatted number as one types it: without groups, with the keyboard's minus. */
export const plainNumber = (text: string): string => text.replaceAll(',', '').replace(MINUS, '-');

/** Exactly price x quantity, in cash units. */
export function cashOf(price: number | bigint, quantity: number | bigint): bigint {
  return BigInt(price) * BigInt(quantity);
}

/** For a price that is an average: value / quantity, cut to 1/10,000 and said to be so by its caller. */
export function averagePrice(value: bigint, quantity: bigint): bigint {
  return quantity === 0n ? 0n : (value * 100n) / quantity;
}

/** An average price from `averagePrice`, with two decimals. */
export function formatAverage(average: bigint): string {
  const half = average < 0n ? -50n : 50n;
  return formatScaled((average + half) / 100n, 2, 2, 'auto');
}

export type Parsed = { ok: true; value: number } | { ok: false; reason: string };

const refuse = (reason: string): Parsed => ({ ok: false, reason });

/** The signs that people put between groups of three digits, or before the decimals. */
const GROUPING = [',', '.', ' ', "'", '_'];
const DECIMAL = ['.', ','];

/** A number as digits: sign, whole part, decimals. */
interface Digits {
  negative: boolean;
  whole: string;
  fraction: string;
}

const digitsText = ({ negative, whole, fraction }: Digits) =>
  (negative ? '-' : '') + whole + (fraction === '' ? '' : '.' + fraction);

/**
 * Every number that a text can mean. A sign groups only where each group after the first has
 * three digits and the first does not begin with a zero; so "0,500" is a half and nothing
 * else, "1,000,000" a million and nothing else, and "1,500" can be either.
 */
function readings(typed: string): Digits[] {
  const text = typed
    .trim()
    .replace(/[\u00a0\u202f\u2009\s]/g, ' ')
    .replace(/[\u2019\u02bc]/g, "'");
  const [, sign = '', body = ''] = /^([+\-\u2212\u2013]?)\s*(.*)$/.exec(text) ?? [];
  const found = new Map<string, Digits>();
  for (const group of ['', ...GROUPING]) {
    for (const decimal of DECIMAL) {
      if (group === decimal) continue;
      const whole = group === '' ? '\\d*' : `[1-9]\\d{0,2}(?:[${group}]\\d{3})+`;
      const match = new RegExp(`^(${whole})(?:[${decimal}](\\d*))?$`).exec(body);
      if (!match) continue;
      const [, left = '', right = ''] = match;
      if (left + right === '') continue;
      const digits = {
        negative: sign !== '' && sign !== '+',
        whole: left.replace(/\D/g, '').replace(/^0+(?=.)/, '') || '0',
        fraction: right.replace(/0+$/, ''),
      };
      found.set(digitsText(digits), digits);
    }
  }
  return [...found.values()];
}

/** The one number that a text can mean, or why there is none. */
function read(typed: string, what: string): Digits | string {
  if (typed.trim() === '') return `Enter a ${what}.`;
  const [first, second] = readings(typed);
  const shown = `\u201c${typed.trim()}\u201d`;
  if (!first) return `${shown} is not a number. Enter one such as 1250 or 12.50.`;
  if (!second) return first;
  const [small, large] = [first, second].sort((a, b) => a.whole.length - b.whole.length);
  const { fraction } = small!;
  const smallPlain = digitsText({ ...small!, fraction: fraction.padEnd(2, '0') });
  const or = fraction.length > 2 ? ', or at most two decimals' : ` or ${smallPlain}`;
  const [asSmall, asLarge] = [digitsText(small!), digitsText(large!)];
  return `${shown} can be read as ${asLarge} or as ${asSmall}. Enter ${asLarge}${or}.`;
}

/**
 * How a number that is not typed in the plain way was read ("1,000,000" as "1000000"), to be shown
 * before it is sent; empty where that is plain, or where it is no number.
 */
export function readingOf(typed: string): string {
  const plain = typed.trim().replace(/^[\u2212\u2013]/, '-');
  if (/^[+-]?\d*\.?\d*$/.test(plain)) return '';
  const all = readings(typed);
  return all.length === 1 ? formatDigits(all[0]!) : '';
}

function formatDigits({ negative, whole, fraction }: Digits): string {
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return (negative ? MINUS : '') + grouped + '.' + fraction.padEnd(2, '0');
}

/** The same number with the other sign, for keyboards that have no minus. */
export function withOtherSign(typed: string): string {
  const text = typed.trim();
  return /^[-\u2212\u2013]/.test(text) ? text.slice(1).trim() : `-${text.replace(/^\+/, '')}`;
}

/**
 * What was typed, as an integer of 1/100, exactly. Takes 1,000.50 and the decimal comma
 * (42,5); refuses what can be read two ways (1,500), and refuses rather than rounds.
 */
export function parseHundredths(typed: string, what: string): Parsed {
  const digits = read(typed, what);
  if (typeof digits === 'string') return refuse(digits);
  const { negative, whole, fraction } = digits;
  if (fraction.length > 2) return refuse(`A ${what} has at most two decimals (0.01).`);
  if (whole.length > 9) return refuse(`That ${what} is too large.`);
  const value = Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  return { ok: true, value: negative && value !== 0 ? -value : value };
}

/** A count: "1,000,000" and "12", not "1.5". */
export function parseWhole(typed: string, what: string, least: number, most: number): Parsed {
  const digits = read(typed, what);
  if (typeof digits === 'string') return refuse(digits);
  const { negative, whole, fraction } = digits;
  const value = negative && whole !== '0' ? -Number(whole) : Number(whole);
  if (fraction !== '' || whole.length > 15 || value < least || value > most) {
    const range = `${least.toLocaleString('en')} to ${most.toLocaleString('en')}`.replace('-', MINUS);
    return refuse(`The ${what} is a whole number, ${range}.`);
  }
  return { ok: true, value };
}

export type ParsedCash = { ok: true; value: bigint } | { ok: false; reason: string };

/** A sum of money that was typed: to the cent, as nobody types more. */
export function parseCash(typed: string): ParsedCash {
  const parsed = parseHundredths(typed, 'sum');
  return parsed.ok ? { ok: true, value: BigInt(parsed.value) * 100n } : parsed;
}

export interface PriceRules {
  minPrice: number;
  maxPrice: number;
  tickSize: number;
}

/** A price an order may carry in this market. */
export function parsePrice(typed: string, rules: PriceRules): Parsed {
  const parsed = parseHundredths(typed, 'price');
  if (!parsed.ok) return parsed;
  const digits = priceDigits(rules.tickSize);
  if (parsed.value < rules.minPrice || parsed.value > rules.maxPrice) {
    const range = `${formatPrice(rules.minPrice, digits)} and ${formatPrice(rules.maxPrice, digits)}`;
    return refuse(`The price must be between ${range}.`);
  }
  if (parsed.value % rules.tickSize !== 0) {
    return refuse(`The price must be a multiple of ${formatPrice(rules.tickSize, digits)}.`);
  }
  return parsed;
}

export function parseQuantity(typed: string): Parsed {
  const parsed = parseHundredths(typed, 'quantity');
  if (!parsed.ok) return parsed;
  if (parsed.value < 1) return refuse('The quantity must be at least 0.01.');
  if (parsed.value > MAX_QUANTITY) return refuse('The quantity must be at most 1,000,000.');
  return parsed;
}

/** The next price up or down, on the tick and within the range. */
export function stepPrice(price: number, steps: number, rules: PriceRules): number {
  const tick = rules.tickSize;
  const onTick = steps > 0 ? Math.floor(price / tick) * tick : Math.ceil(price / tick) * tick;
  const lowest = Math.ceil(rules.minPrice / tick) * tick;
  const highest = Math.floor(rules.maxPrice / tick) * tick;
  return Math.min(highest, Math.max(lowest, onTick + steps * tick));
}
