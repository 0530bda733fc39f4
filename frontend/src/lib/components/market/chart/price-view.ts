// What is on the price chart, by TradingView's library: candles or a line, volume, the
// settlement range, own fills. Knows nothing of the exchange but its numbers.

import {
  CandlestickSeries,
  createChart,
  createSeriesMarkers,
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
import { beginOf, type Candle, type Interval } from '$lib/state/candles';
import { formatQuantityShort, priceDigits } from '$lib/units';
import type { Fill } from '../market-history.svelte';
import { drawnTime, looks, realTime, type Looks } from './looks';

export type Style = 'candles' | 'line';

/** With this many bars before the left edge still to come, older candles are asked for. */
const FETCH_AHEAD = 40;
/** So many last bars are shown at first, if there are more. */
const SHOWN_FIRST = 140;
/** Marks beyond these would hide the prices. */
const MARKS_MOST = 150;
const WORDS_MOST = 25;

export interface ViewHandlers {
  /** The reader scrolls towards what is not there yet. */
  wantsOlder(): void;
  /** Pointing at a candle; undefined: at none. */
  points(candle: Candle | undefined): void;
  /** A click on a time, in seconds since 1970. */
  picks(time: number): void;
  /** The view moved: what is laid over it has to follow. */
  moved(): void;
}

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

  constructor(box: HTMLElement, market: Market, interval: Interval, style: Style, handlers: ViewHandlers) {
    this.#style = style;
    this.#interval = interval;
    this.#market = market;
    const seconds = interval.seconds;
    this.#chart = createChart(box, {
      autoSize: true,
      rightPriceScale: { borderVisible: false, scaleMargins: { top: 0.14, bottom: 0.2 } },
      timeScale: {
        borderVisible: false,
        timeVisible: seconds < 86_400,
        secondsVisible: seconds < 60,
        rightOffset: 3,
        minBarSpacing: 0.8,
      },
      handleScroll: { vertTouchDrag: false },
    });
    const autoscaleInfoProvider = (original: () => AutoscaleInfo | null) => this.#scale(original());
    const priceFormat = {
      type: 'price',
      precision: priceDigits(market.tickSize),
      minMove: market.tickSize / 100,
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
    this.#marks = createSeriesMarkers(this.#prices as never, []);
    const scale = this.#chart.timeScale();
    scale.subscribeVisibleLogicalRangeChange((range) => {
      handlers.moved();
      if (range && range.from < FETCH_AHEAD) handlers.wantsOlder();
    });
    this.#chart.subscribeCrosshairMove(({ time }) =>
      handlers.points(time === undefined ? undefined : this.#byTime.get(time as number)),
    );
    this.#chart.subscribeClick(({ time }) => {
      if (time !== undefined) handlers.picks(realTime(time as number, seconds));
    });
    this.paint();
  }

  /** All of it anew; what is looked at stays where it is if older candles came in front. */
  show(candles: readonly Candle[], first: boolean): void {
    const scale = this.#chart.timeScale();
    const before = scale.getVisibleLogicalRange();
    const added = candles.length - this.#byTime.size;
    this.#byTime = new Map(candles.map((candle) => [this.#time(candle), candle]));
    this.#prices.setData(candles.map((candle) => this.#price(candle)) as never);
    this.#volume.setData(candles.map((candle) => this.#bar(candle)));
    if (!first && before) {
      scale.setVisibleLogicalRange({ from: before.from + added, to: before.to + added });
    } else if (candles.length > SHOWN_FIRST) {
      scale.setVisibleLogicalRange({ from: candles.length - SHOWN_FIRST, to: candles.length + 3 });
    } else {
      scale.fitContent();
    }
  }

  update(candles: readonly Candle[]): void {
    for (const candle of candles) {
      this.#byTime.set(this.#time(candle), candle);
      this.#prices.update(this.#price(candle) as never);
      this.#volume.update(this.#bar(candle));
    }
  }

  /** Own fills: an arrow up under the candle for what was bought, down above it for what was sold. */
  mark(fills: readonly Fill[]): void {
    const sums = new Map<string, { time: number; side: Side; quantity: number }>();
    for (const { trade, side } of fills) {
      const time = drawnTime(beginOf(trade.timeUs, this.#interval), this.#interval.seconds);
      if (!this.#byTime.has(time)) continue;
      const key = `${time} ${side}`;
      const sum = sums.get(key) ?? { time, side, quantity: 0 };
      sum.quantity += trade.quantity;
      sums.set(key, sum);
    }
    const shown = [...sums.values()].sort((a, b) => a.time - b.time).slice(-MARKS_MOST);
    const worded = shown.length <= WORDS_MOST;
    this.#marks.setMarkers(
      shown.map(({ time, side, quantity }): SeriesMarker<UTCTimestamp> => {
        const bought = side === Side.BUY;
        return {
          time: time as UTCTimestamp,
          position: bought ? 'belowBar' : 'aboveBar',
          shape: bought ? 'arrowUp' : 'arrowDown',
          color: bought ? this.#looks.buy : this.#looks.sell,
          size: worded ? 1 : 0.5,
          ...(worded ? { text: formatQuantityShort(bought ? quantity : -quantity, 'always') } : {}),
        };
      }) as never,
    );
  }

  /** Scaled to all that it may settle at, or to what was traded. */
  showRange(whole: boolean): void {
    this.#whole = whole;
    this.#chart.priceScale('right').applyOptions({ autoScale: true });
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
    const index = scale.timeToIndex(drawnTime(seconds, this.#interval.seconds) as UTCTimestamp, true);
    return index === null ? undefined : (scale.logicalToCoordinate(index as never) ?? undefined);
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
    return { ...original, priceRange: { minValue: minPrice / 100, maxValue: maxPrice / 100 } };
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

  #time({ time }: Candle): number {
    return drawnTime(time, this.#interval.seconds);
  }

  // Only drawn, never reckoned with: here a price may be a floating-point number.

  #price(candle: Candle) {
    const time = this.#time(candle) as UTCTimestamp;
    const { open, high, low, close } = candle;
    if (this.#style === 'line') return { time, value: close / 100 };
    return { time, open: open / 100, high: high / 100, low: low / 100, close: close / 100 };
  }

  #bar(candle: Candle) {
    const { open, close, quantity } = candle;
    const color = close >= open ? this.#looks.buyFaint : this.#looks.sellFaint;
    return { time: this.#time(candle) as UTCTimestamp, value: Number(quantity) / 100, color };
  }
}
