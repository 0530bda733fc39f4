/** The market of an address, or undefined if that is no id at all. */
export function marketIdFrom(param: string | undefined): bigint | undefined {
  return param !== undefined && /^\d{1,19}$/.test(param) ? BigInt(param) : undefined;
}

export const marketAddress = (marketId: bigint): string => `/markets/${marketId}`;
