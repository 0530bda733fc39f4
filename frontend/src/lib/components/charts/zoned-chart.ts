// TradingView's chart with a time axis of the reader's own zone, over data in UTC.

import type {
  ChartOptions,
  DeepPartial,
  IChartApi,
  TickMarkType,
  TickMarkWeightValue,
  Time,
  TimeScalePoint,
} from 'lightweight-charts';
import {
  localOffset,
  MARK_KINDS,
  markText,
  markWeights,
  pointText,
  utcOffset,
  type Offset,
} from './time-axis';

type Library = Pick<typeof import('lightweight-charts'), 'createChartEx' | 'defaultHorzScaleBehavior'>;

export interface Axis {
  /** Seconds from one point to the next, as far as that is known. */
  step: number;
}

const DAY = 86_400;

export function createZonedChart(
  { createChartEx, defaultHorzScaleBehavior }: Library,
  box: HTMLElement,
  { step }: Axis,
  options: DeepPartial<ChartOptions>,
): IChartApi {
  const daily = step >= DAY;
  const offset: Offset = daily ? utcOffset : localOffset;
  const to = daily ? 'day' : step < 60 ? 'second' : 'minute';
  const behavior = new (defaultHorzScaleBehavior())();
  // The library's own weighs by UTC: a day would begin at 02:00.
  behavior.fillWeightsForPoints = (points, startIndex) => {
    const times = points.map(({ time }) => behavior.key(time) as number);
    markWeights(times, startIndex, offset).forEach((weight, index) => {
      (points[startIndex + index] as Mutable).timeWeight = weight as TickMarkWeightValue;
    });
  };
  return createChartEx<Time, typeof behavior>(box, behavior, {
    ...options,
    localization: {
      ...options.localization,
      timeFormatter: (time: Time) => pointText(time as number, to, offset),
    },
    timeScale: {
      ...options.timeScale,
      timeVisible: !daily,
      secondsVisible: to === 'second',
      tickMarkFormatter: (time: Time, type: TickMarkType) =>
        markText(time as number, MARK_KINDS[type]!, offset),
    },
  } as DeepPartial<ChartOptions>) as unknown as IChartApi;
}

type Mutable = { -readonly [Key in keyof TimeScalePoint]: TimeScalePoint[Key] };
