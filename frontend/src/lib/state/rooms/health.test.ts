import { create } from '@bufbuild/protobuf';
import { expect, it } from 'vitest';
import { HealthSchema } from '$lib/gen/people_pb';
import { figuresOf, formatBytes, formatMicroseconds, formatUptime } from './health';

it('writes sizes and times as people read them', () => {
  expect([0n, 999n, 1_500n, 250_000_000n, 75_400_000_000n].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.5 kB',
    '250 MB',
    '75.4 GB',
  ]);
  expect([450, 12_340, 250_000, 2_000_000].map(formatMicroseconds)).toEqual([
    '0.45 ms',
    '12.3 ms',
    '250 ms',
    '2.0 s',
  ]);
  const minute = 60_000_000n;
  expect([0n, 5n * minute, 125n * minute, 4_560n * minute].map(formatUptime)).toEqual([
    'less than a minute',
    '5 min',
    '2 h 5 min',
    '3 d 4 h',
  ]);
});

it('warns where little of the disk is left', () => {
  const warns = (diskFree: bigint) =>
    figuresOf(create(HealthSchema, { diskFree, diskSize: 100_000_000_000n }), 0n).find(
      ({ name }) => name === 'Disk left',
    )?.warn;
  expect(warns(50_000_000_000n)).toBe(false);
  expect(warns(4_000_000_000n)).toBe(true);
});
