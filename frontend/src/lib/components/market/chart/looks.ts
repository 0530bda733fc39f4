// The page's colours, as charts need them: as values, of the theme that is on.

export interface Looks {
  ground: string;
  text: string;
  grid: string;
  edge: string;
  accent: string;
  buy: string;
  sell: string;
  buyFaint: string;
  sellFaint: string;
  warn: string;
}

export function looks(): Looks {
  const css = getComputedStyle(document.documentElement);
  const of = (name: string) => css.getPropertyValue(name).trim();
  return {
    ground: of('--panel'),
    text: of('--muted'),
    grid: of('--line'),
    edge: of('--edge'),
    accent: of('--accent'),
    buy: of('--buy'),
    sell: of('--sell'),
    buyFaint: of('--buy-depth'),
    sellFaint: of('--sell-depth'),
    warn: of('--warn'),
  };
}
