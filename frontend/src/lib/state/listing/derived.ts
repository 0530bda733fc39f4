// Markets that follow from others: what they are worth, and what that is called.

import { OptionKind, OptionStyle, type Basket, type Market, type Option } from '$lib/gen/markets_pb';
import { formatPrice, priceDigits } from '$lib/units';
import type { Range } from '$lib/state/positions/margin';

export const OPTION_KIND_WORD: Record<OptionKind, string> = {
  [OptionKind.UNSPECIFIED]: '',
  [OptionKind.CALL]: 'call',
  [OptionKind.PUT]: 'put',
};

export const OPTION_STYLE_WORD: Record<OptionStyle, string> = {
  [OptionStyle.UNSPECIFIED]: '',
  [OptionStyle.EUROPEAN]: 'European',
  [OptionStyle.AMERICAN]: 'American',
};

/** "American call at 60.00" */
export function optionWords({ kind, style, strike }: Option, underlying: Market | undefined): string {
  const at = formatPrice(strike, priceDigits(underlying?.tickSize ?? 1));
  return `${OPTION_STYLE_WORD[style]} ${OPTION_KIND_WORD[kind]} at ${at}`;
}

/** What an option is worth at a price of its underlying; any unit, the strike in the same. */
export function intrinsic(kind: OptionKind, strike: number, underlying: number): number {
  return Math.max(0, kind === OptionKind.CALL ? underlying - strike : strike - underlying);
}

export function optionRange({ kind, strike }: Pick<Option, 'kind' | 'strike'>, underlying: Range): Range {
  const ends = [underlying.minPrice, underlying.maxPrice].map((price) => intrinsic(kind, strike, price));
  return { minPrice: Math.min(...ends), maxPrice: Math.max(...ends) };
}

/** Each multiplier with the range of its constituent. */
export function basketRange(parts: readonly { multiplier: number; range: Range }[]): Range {
  let minPrice = 0;
  let maxPrice = 0;
  for (const { multiplier, range } of parts) {
    minPrice += multiplier * (multiplier > 0 ? range.minPrice : range.maxPrice);
    maxPrice += multiplier * (multiplier > 0 ? range.maxPrice : range.minPrice);
  }
  return { minPrice, maxPrice };
}

/** Whether `market` follows from the other one, directly. */
export function derivesFrom({ derivedFrom }: Market, marketId: bigint): boolean {
  if (derivedFrom.case === 'option') return derivedFrom.value.underlyingMarketId === marketId;
  if (derivedFrom.case === 'basket') return constituentIds(derivedFrom.value).includes(marketId);
  return false;
}

function constituentIds({ constituents }: Basket): bigint[] {
  return constituents.map(({ marketId }) => marketId);
}
