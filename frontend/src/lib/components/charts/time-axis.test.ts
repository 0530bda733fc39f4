import { afterEach, expect, it } from 'vitest';
import { localOffset, markText, markWeight, markWeights, pointText, utcOffset } from './time-axis';

const homeZone = process.env.TZ;
afterEach(() => {
  if (homeZone === undefined) delete process.env.TZ;
  else process.env.TZ = homeZone;
});

const seconds = (iso: string) => Date.parse(iso) / 1_000;
const every = (step: number, from: string, to: string) => {
  const times: number[] = [];
  for (let time = seconds(from); time < seconds(to); time += step) times.push(time);
  return times;
};
const [YEAR, MONTH, DAY, HOUR] = [70, 60, 50, 30];

it('marks days, months and years where they begin for the reader', () => {
  process.env.TZ = 'Europe/Berlin';
  const weight = (before: string, at: string) => markWeight(seconds(before), seconds(at), localOffset);
  expect(weight('2026-07-14T21:00:00Z', '2026-07-14T22:00:00Z')).toBe(DAY);
  expect(weight('2026-07-14T23:00:00Z', '2026-07-15T00:00:00Z')).toBe(HOUR);
  expect(weight('2026-06-30T21:00:00Z', '2026-06-30T22:00:00Z')).toBe(MONTH);
  expect(weight('2026-12-31T22:00:00Z', '2026-12-31T23:00:00Z')).toBe(YEAR);
  expect(markWeight(seconds('2026-07-14T23:00:00Z'), seconds('2026-07-15T00:00:00Z'), utcOffset)).toBe(DAY);
});

it('says the same hour twice when the clocks are put back, at two times', () => {
  process.env.TZ = 'Europe/Berlin';
  const times = every(900, '2026-10-24T23:45:00Z', '2026-10-25T02:30:00Z');
  expect(times.map((time) => markText(time, 'minute', localOffset))).toEqual([
    ...['01:45', '02:00', '02:15', '02:30', '02:45'],
    ...['02:00', '02:15', '02:30', '02:45', '03:00', '03:15'],
  ]);
  const hours = times.filter((_, index) => markWeights(times, 0, localOffset)[index]! >= HOUR);
  expect(hours.map((time) => new Date(time * 1_000).toISOString().slice(11, 16))).toEqual([
    '00:00',
    '01:00',
    '02:00',
  ]);
});

it.each([
  // Clocks put back at midnight (Beirut), by half an hour (Lord Howe), and a whole day left out (Apia).
  ['Asia/Beirut', '2026-10-24T00:00:00Z', '2026-10-27T00:00:00Z', 3],
  ['Australia/Lord_Howe', '2026-04-04T00:00:00Z', '2026-04-06T00:00:00Z', 2],
  ['Pacific/Apia', '2011-12-29T00:00:00Z', '2011-12-31T12:00:00Z', 3],
  ['Asia/Kathmandu', '2026-10-24T00:00:00Z', '2026-10-27T00:00:00Z', 3],
])('begins each day once in %s', (zone, from, to, days) => {
  process.env.TZ = zone;
  const times = every(300, from, to);
  const weights = markWeights(times, 1, localOffset);
  expect(weights.filter((weight) => weight >= DAY)).toHaveLength(days);
});

it('weighs what is added as it would among all', () => {
  process.env.TZ = 'Europe/Berlin';
  const times = every(900, '2026-10-24T20:00:00Z', '2026-10-25T04:00:00Z');
  expect(markWeights(times, 9, localOffset)).toEqual(markWeights(times, 0, localOffset).slice(9));
  expect(markWeights([], 0, localOffset)).toEqual([]);
});

it('says in full what is pointed at', () => {
  process.env.TZ = 'Europe/Berlin';
  const time = seconds('2026-10-25T01:30:05Z');
  expect(pointText(time, 'second', localOffset)).toContain('02:30:05');
  expect(pointText(seconds('2026-10-25T00:00:00Z'), 'day', utcOffset)).toContain('25');
});
