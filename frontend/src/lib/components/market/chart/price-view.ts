// What is on the price chart, by TradingView's library: candles or a line, volume, the
// settlement range, own fills. Knows nothing of the exchange but its numbers.

import {
  CandlestickSeries,
  createChartEx,
  createSeriesMarkers,
  defaultHorzScaleBehavior,
  HistogramSeries,
  LineSeries,
  LineStyle,
  LineType,
  type AutoscaleInfo,
  type IChartApi,
  type IPriceLine,
  type ISeriesApi,
  type ISeriesMarkersPluginApi,
  type SeriesMarker,
  type UTCTimestamp,
} from 'lightweight-charts';
import type { Market } from '$lib/gen/markets_pb';
import { Side } from '$lib/gen/orders_pb';
import { beginOf, movedBy, type Candle, type Interval } from '$lib/state/prices/candles';
import { formatPrice, formatQuantityShort, priceDigits } from '$lib/units';
import type { Fill } from '$lib/components/market/market-history.svelte';
import { spaced } from '$lib/components/charts/spaced';
import { createZonedChart } from '$lib/components/charts/zoned-chart';
import { looks, type Looks } from './looks';

export type Style = 'candles' | 'line';

/** With this many bars before the left edge still to come, older candles are asked for. */
const FETCH_AHEAD = 40;
/** So many last bars are shown at first, if there are more. */
const SHOWN_FIRST = 140;
/** Marks beyond these would hide the prices. */
const MARKS_MOST = 150;
const WORDS_MOST = 25;
/** Arrows on one side nearer to each other than this would be one blot. */
const ARROW_PX = 9;
/** How wide words are: each sign, and the space around all of them. */
const SIGN_PX = 6.5;
const AROUND_WORDS_PX = 8;

/** Above, the numbers of a candle are said; below stands the volume. */
const MARGINS = { top: 0.14, bottom: 0.2 };
/** The whole range has no prices beyond it to leave room for: only its ends are to be seen. */
const MARGINS_OF_WHOLE = { top: 0.09, bottom: 0.03 };

export interface ViewHandlers {
  /** The reader scrolls towards what is not there yet. */
  wantsOlder(): void;
  /** Pointing at a candle; undefined: at none. */
  points(candle: Candle | undefined): void;
  /** A click on a time, in seconds since 1970. */
  picks(time: number): void;
  /** It is drawn anew: what is laid over it has to follow. */
  moved(): void;
}

/** What the account traded within one candle on one side. */
interface Mark {
  time: number;
  side: Side;
  quantity: number;
}

const wordsOf = ({ side, quantity }: Mark): string =>
  formatQuantityShort(side === Side.BUY ? quantity : -quantity, 'always');

export class PriceView {
  readonly #chart: IChartApi;
  readonly #prices: ISeriesApi<'Candlestick'> | ISeriesApi<'Line'>;
  readonly #volume: ISeriesApi<'Histogram'>;
  readonly #marks: ISeriesMarkersPluginApi<never>;
  readonly #style: Style;
  readonly #interval: Interval;
  readonly #market: Market;
  #rangeLines: IPriceLine[] = [];
  #looks: Looks = looks();
  #byTime = new Map<number, Candle>();
  #whole = false;
  #fills: Mark[] = [];
  #worded = '';

  constructor(box: HTMLElement, market: Market, interval: Interval, style: Style, handlers: ViewHandlers) {
    this.#style = style;
    this.#interval = interval;
    this.#market = market;
    const library = { createChartEx, defaultHorzScaleBehavior };
    this.#chart = createZonedChart(
      library,
      box,
      { step: interval.seconds },
      {
        autoSize: true,
        rightPriceScale: { borderVisible: false, scaleMargins: MARGINS },
        timeScale: { borderVisible: false, rightOffset: 3, minBarSpacing: 0.8 },
        handleScroll: { vertTouchDrag: false },
      },
    );
    const autoscaleInfoProvider = (original: () => AutoscaleInfo | null) => this.#scale(original());
    const digits = priceDigits(market.tickSize);
    const priceFormat = {
      type: 'custom',
      minMove: market.tickSize / 100,
      // There are no prices beyond the range, so its axis names none.
      formatter: (drawn: number) => {
        const price = Math.round(drawn * 100);
        return price < market.minPrice || price > market.maxPrice ? '' : formatPrice(price, digits);
      },
    } as const;
    this.#prices =
      style === 'candles'
        ? this.#chart.addSeries(CandlestickSeries, {
            priceFormat,
            autoscaleInfoProvider,
            borderVisible: true,
          })
        : this.#chart.addSeries(LineSeries, {
            priceFormat,
            autoscaleInfoProvider,
            lineWidth: 2,
            lineType: LineType.WithSteps,
          });
    this.#volume = this.#chart.addSeries(HistogramSeries, {
      priceScaleId: 'volume',
      priceFormat: { type: 'volume' },
      priceLineVisible: false,
      lastValueVisible: false,
    });
    this.#chart.priceScale('volume').applyOptions({ scaleMargins: { top: 0.84, bottom: 0 } });
    this.#prices.attachPrimitive({ updateAllViews: () => handlers.moved() });
    this.#marks = createSeriesMarkers(this.#prices as never, []);
    const scale = this.#chart.timeScale();
    scale.subscribeVisibleLogicalRangeChange((range) => {
      this.#drawMarks(false);
      if (range && range.from < FETCH_AHEAD) handlers.wantsOlder();
    });
    this.#chart.subscribeCrosshairMove(({ time }) =>
      handlers.points(time === undefined ? undefined : this.#byTime.get(time as number)),
    );
    this.#chart.subscribeClick(({ time }) => {
      if (time !== undefined) handlers.picks(time as number);
    });
    this.paint();
  }

  /** All of it anew; what is looked at stays where it is, and at the end if that was in view. */
  show(candles: readonly Candle[], first: boolean): void {
    const scale = this.#chart.timeScale();
    const before = scale.getVisibleLogicalRange();
    const moved = movedBy([...this.#byTime.keys()], candles, before?.to ?? 0);
    this.#byTime = new Map(candles.map((candle) => [candle.time, candle]));
    this.#prices.setData(candles.map((candle) => this.#price(candle)) as never);
    this.#volume.setData(candles.map((candle) => this.#bar(candle)));
    if (!first && before) {
      scale.setVisibleLogicalRange({ from: before.from + moved, to: before.to + moved });
    } else if (candles.length > SHOWN_FIRST) {
      scale.setVisibleLogicalRange({ from: candles.length - SHOWN_FIRST, to: candles.length + 3 });
    } else {
      scale.fitContent();
    }
  }

  update(candles: readonly Candle[]): void {
    for (const candle of candles) {
      this.#byTime.set(candle.time, candle);
      this.#prices.update(this.#price(candle) as never);
      this.#volume.update(this.#bar(candle));
    }
  }

  /** Own fills: an arrow up under the candle for what was bought, down above it for what was sold. */
  mark(fills: readonly Fill[]): void {
    const sums = new Map<string, Mark>();
    for (const { trade, side } of fills) {
      const time = beginOf(trade.timeUs, this.#interval);
      if (!this.#byTime.has(time)) continue;
      const key = `${time} ${side}`;
      const sum = sums.get(key) ?? { time, side, quantity: 0 };
      sum.quantity += trade.quantity;
      sums.set(key, sum);
    }
    this.#fills = [...sums.values()].sort((a, b) => a.time - b.time).slice(-MARKS_MOST);
    this.#drawMarks(true);
  }

  /** With the words that have room; `anew`: even if they are the same as before. */
  #drawMarks(anew: boolean): void {
    const placesOf = (marks: readonly Mark[]) => marks.map(({ time }) => this.xOf(time));
    const shown = [Side.BUY, Side.SELL]
      .flatMap((side) => {
        const marks = this.#fills.filter((mark) => mark.side === side);
        return spaced(placesOf(marks), ARROW_PX).map((index) => marks[index]!);
      })
      .sort((a, b) => a.time - b.time);
    const few = shown.length <= WORDS_MOST;
    // What was bought at a high price stands beside what was sold at a low one: none may overlap another.
    const widths = shown.map((mark) => wordsOf(mark).length * SIGN_PX + AROUND_WORDS_PX);
    const worded = new Set(few ? spaced(placesOf(shown), widths).map((index) => shown[index]) : []);
    const key = shown.map((mark) => `${mark.time} ${mark.side} ${worded.has(mark)}`).join();
    if (!anew && key === this.#worded) return;
    this.#worded = key;
    this.#marks.setMarkers(
      shown.map((mark): SeriesMarker<UTCTimestamp> => {
        const { time, side } = mark;
        const bought = side === Side.BUY;
        return {
          time: time as UTCTimestamp,
          position: bought ? 'belowBar' : 'aboveBar',
          shape: bought ? 'arrowUp' : 'arrowDown',
          color: bought ? this.#looks.buy : this.#looks.sell,
          size: few ? 1 : 0.5,
          ...(worded.has(mark) ? { text: wordsOf(mark) } : {}),
        };
      }) as never,
    );
  }

  /** Scaled to all that it may settle at, or to what was traded. */
  showRange(whole: boolean): void {
    this.#whole = whole;
    const scaleMargins = whole ? MARGINS_OF_WHOLE : MARGINS;
    this.#chart.priceScale('right').applyOptions({ autoScale: true, scaleMargins });
    this.#prices.applyOptions({}); // Has the scale reckoned anew.
  }

  /** With the colours of the theme. */
  paint(): void {
    const colours = (this.#looks = looks());
    this.#chart.applyOptions({
      layout: {
        background: { color: colours.ground },
        textColor: colours.text,
        fontSize: 11,
        fontFamily: getComputedStyle(document.body).fontFamily,
      },
      grid: { vertLines: { visible: false }, horzLines: { color: colours.grid } },
      crosshair: {
        vertLine: { color: colours.edge, labelBackgroundColor: colours.edge },
        horzLine: { color: colours.edge, labelBackgroundColor: colours.edge },
      },
    });
    if (this.#style === 'candles') {
      // Falling ones are filled, rising ones hollow: so they differ without colour too.
      this.#prices.applyOptions({
        priceLineColor: colours.accent,
        upColor: colours.ground,
        downColor: colours.sell,
        borderUpColor: colours.buy,
        borderDownColor: colours.sell,
        wickUpColor: colours.buy,
        wickDownColor: colours.sell,
      });
    } else {
      this.#prices.applyOptions({ color: colours.accent });
    }
    this.#volume.setData([...this.#byTime.values()].map((candle) => this.#bar(candle)));
    this.#drawRange();
  }

  /** Where a time is, in pixels from the left; undefined: not in view. */
  xOf(seconds: number): number | undefined {
    const scale = this.#chart.timeScale();
    const index = scale.timeToIndex(seconds as UTCTimestamp, true);
    return index === null ? undefined : (scale.logicalToCoordinate(index as never) ?? undefined);
  }

  /** Where a price is, in pixels from the top; undefined: there is nothing to scale by yet. */
  yOf(price: number): number | undefined {
    return this.#prices.priceToCoordinate(price / 100) ?? undefined;
  }

  priceAt(y: number): number | undefined {
    const drawn = this.#prices.coordinateToPrice(y);
    return drawn === null ? undefined : Math.round(drawn * 100);
  }

  /** The size of what is not axis. */
  get plot(): { width: number; height: number } {
    return this.#chart.paneSize();
  }

  get lastPrice(): number | undefined {
    return [...this.#byTime.values()].at(-1)?.close;
  }

  scroll(bars: number): void {
    const scale = this.#chart.timeScale();
    scale.scrollToPosition(scale.scrollPosition() + bars, false);
  }

  zoom(times: number): void {
    const scale = this.#chart.timeScale();
    const range = scale.getVisibleLogicalRange();
    if (range)
      scale.setVisibleLogicalRange({ from: range.to - (range.to - range.from) / times, to: range.to });
  }

  toEnd(): void {
    this.#chart.timeScale().scrollToPosition(3, false);
  }

  remove(): void {
    this.#chart.remove();
  }

  #scale(original: AutoscaleInfo | null): AutoscaleInfo | null {
    if (!this.#whole) return original;
    const { minPrice, maxPrice } = this.#market;
    // Without the room that marks would have: there is nothing beyond.
    return { priceRange: { minValue: minPrice / 100, maxValue: maxPrice / 100 } };
  }

  #drawRange(): void {
    for (const line of this.#rangeLines) this.#prices.removePriceLine(line);
    const { minPrice, maxPrice, settlementPrice } = this.#market;
    const line = (price: number, title: string, color: string) =>
      this.#prices.createPriceLine({
        price: price / 100,
        title,
        color,
        lineWidth: 1,
        lineStyle: LineStyle.Dashed,
      });
    this.#rangeLines = [
      line(maxPrice, 'highest', this.#looks.edge),
      line(minPrice, 'lowest', this.#looks.edge),
      ...(settlementPrice === undefined ? [] : [line(settlementPrice, 'settled', this.#looks.accent)]),
    ];
  }

  // Only drawn, never reckoned with: here a price may be a floating-point number.

  #price(candle: Candle) {
    const time = candle.time as UTCTimestamp;
    const { open, high, low, close } = candle;
    if (this.#style === 'line') return { time, value: close / 100 };
    return { time, open: open / 100, high: high / 100, low: low / 100, close: close / 100 };
  }

  #bar(candle: Candle) {
    const { open, close, quantity } = candle;
    const color = close >= open ? this.#looks.buyFaint : this.#looks.sellFaint;
    return { time: candle.time as UTCTimestamp, value: Number(quantity) / 100, color };
  }
}
