import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  formatDay,
  formatDayAndSecond,
  formatDayAndTime,
  formatRecent,
  formatSpan,
  formatTime,
  fromLocalInput,
  parseUntil,
  toDate,
  toLocalInput,
} from './time';

const homeZone = process.env.TZ;
afterEach(() => {
  if (homeZone === undefined) delete process.env.TZ;
  else process.env.TZ = homeZone;
});

const us = (iso: string) => BigInt(Date.parse(iso)) * 1_000n;

it.each([
  [0, '0:00'],
  [59_001, '1:00'],
  [123_000, '2:03'],
  [86_400_000, '24:00:00'],
])('says %i ms as %s', (ms, text) => {
  expect(formatSpan(ms)).toBe(text);
});

describe('a number that is no time anyone chose', () => {
  const FORMATS = { formatTime, formatDay, formatDayAndTime, formatDayAndSecond, formatRecent };

  it.each(Object.entries(FORMATS))('%s draws something all the same', (_, format) => {
    const nanoseconds = us('2026-10-25T00:00:00Z') * 1_000n;
    for (const absurd of [nanoseconds, us('+010000-01-02T00:00:00Z'), 2n ** 63n - 1n, 2n ** 64n - 1n]) {
      expect(format(absurd)).toBe('after the year 9999');
    }
    expect(format(-(2n ** 63n))).toBe('before 1970');
  });

  it('has a date that can be shown', () => {
    for (const absurd of [2n ** 63n - 1n, -(2n ** 63n), 0n]) {
      expect(() => toDate(absurd).toISOString()).not.toThrow();
    }
  });
});

it('says the year of another year, and the day of another day', () => {
  const now = new Date(2026, 9, 25, 12);
  const at = (...parts: [number, number, number, number, number]) =>
    BigInt(new Date(...parts).getTime()) * 1_000n;
  expect(formatDayAndTime(at(2026, 9, 24, 9, 5), now)).not.toContain('2026');
  expect(formatDayAndTime(at(2031, 9, 24, 9, 5), now)).toContain('2031');
  expect(formatRecent(at(2026, 9, 25, 9, 5), now)).toBe(formatTime(at(2026, 9, 25, 9, 5)));
  expect(formatRecent(at(2026, 9, 24, 9, 5), now)).toContain('24');
});

describe('a time until which something holds', () => {
  const now = new Date('2026-06-01T10:00:30.500Z');

  it('keeps its seconds', () => {
    const typed = toLocalInput(new Date(now.getTime() + 300_000), { seconds: true });
    expect(parseUntil(typed, now)).toEqual({ ok: true, value: us('2026-06-01T10:05:30Z') });
  });

  it('is refused when there is none, when it is over, and more than ten years ahead', () => {
    const reason = (typed: string) => {
      const parsed = parseUntil(typed, now);
      return parsed.ok ? '' : parsed.reason;
    };
    expect(reason('')).toBe('Enter a date and a time.');
    expect(reason(toLocalInput(new Date(now.getTime() - 60_000)))).toContain('has passed');
    expect(reason(toLocalInput(new Date('2036-06-03T00:00:00Z')))).toContain('within the next ten years');
    expect(reason('9999-12-31T23:59')).toContain('within the next ten years');
    expect(reason(toLocalInput(new Date('2036-05-30T00:00:00Z')))).toBe('');
  });

  it.each([
    // Berlin: 02:00 to 03:00 comes twice, an hour apart. Lord Howe: 01:30 to 02:00, half an hour apart.
    ['Europe/Berlin', '2026-10-25T00:58:00Z', '2026-10-25T01:03:00Z'],
    ['Australia/Lord_Howe', '2026-04-04T14:58:00Z', '2026-04-04T15:03:00Z'],
  ])('in the hour that comes twice in %s is the one to come', (zone, from, until) => {
    process.env.TZ = zone;
    const typed = toLocalInput(new Date(until), { seconds: true });
    // Read by itself it is the first of the two, which is over.
    expect(fromLocalInput(typed)).toBeLessThan(us(from));
    expect(parseUntil(typed, new Date(from))).toEqual({ ok: true, value: us(until) });
  });
});

it('is shown by these functions alone, so that no page fails to draw because of one', () => {
  const others = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (name) =>
      /\.(svelte|ts)$/.test(name) &&
      !/\.test\.ts$|lib\/gen\/|ui\/values\/time\.ts$|charts\/time-axis\.ts$/.test(name) &&
      /DateTimeFormat|toLocale(Date|Time)String|toISOString|new Date\([^)]*\)\.toLocaleString/.test(
        readFileSync(join('src', name), 'utf8'),
      ),
  );
  expect(others).toEqual([]);
});
