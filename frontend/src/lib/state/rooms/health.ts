// How the exchange does, in words and units that people read.

import type { Health } from '$lib/gen/people_pb';

export interface Figure {
  name: string;
  value: string;
  title?: string;
  /** It wants looking at. */
  warn?: boolean;
}

/** Less than this much of the disk left, in bytes and as a part of it. */
const LITTLE_DISK = 1_000_000_000n;
const LITTLE_PART = 20n;

/** "1.4 GB" */
export function formatBytes(bytes: bigint): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = Number(bytes);
  let unit = 0;
  while (value >= 1_000 && unit < units.length - 1) [value, unit] = [value / 1_000, unit + 1];
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]!}`;
}

/** "0.45 ms" */
export function formatMicroseconds(us: number | bigint): string {
  const ms = Number(us) / 1_000;
  if (ms >= 1_000) return `${(ms / 1_000).toFixed(1)} s`;
  return `${ms >= 100 ? Math.round(ms) : ms >= 10 ? ms.toFixed(1) : ms.toFixed(2)} ms`;
}

/** "3 d 4 h", "5 min" */
export function formatUptime(us: bigint): string {
  const minutes = Number(us / 60_000_000n);
  const [days, hours] = [Math.floor(minutes / 1_440), Math.floor(minutes / 60) % 24];
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes % 60} min`;
  return minutes > 0 ? `${minutes} min` : 'less than a minute';
}

const perSecond = (rate: number) => (rate >= 10 ? Math.round(rate).toLocaleString('en') : rate.toFixed(1));

export function figuresOf(health: Health, nowUs: bigint): Figure[] {
  const none = health.commitP99Us === 0;
  return [
    { name: 'Connections', value: String(health.connections), title: 'Of all rooms' },
    {
      name: 'Orders per second',
      value: perSecond(health.ordersPerSecond),
      title: 'Placed, replaced and cancelled, over the last 10 s, house bots included',
    },
    { name: 'Commits per second', value: perSecond(health.commitsPerSecond), title: 'Over the last 10 s' },
    {
      name: 'Commit time, median',
      value: none ? '–' : formatMicroseconds(health.commitP50Us),
      title: 'Half of the commits of the last minute took at most this (p50)',
    },
    {
      name: 'Commit time, 99 %',
      value: none ? '–' : formatMicroseconds(health.commitP99Us),
      title: `99 % of the commits of the last minute took at most this (p99); the longest since the start took ${formatMicroseconds(health.commitLongestUs)}`,
    },
    {
      name: 'Commands waiting',
      value: String(health.waiting),
      title: `Refused since the start because too many were waiting: ${health.overloaded}`,
      warn: health.overloaded > 0n,
    },
    {
      name: 'Disk left',
      value: health.diskSize === 0n ? '–' : formatBytes(health.diskFree),
      title: `Of ${formatBytes(health.diskSize)}`,
      warn:
        health.diskSize > 0n &&
        (health.diskFree < LITTLE_DISK || health.diskFree * LITTLE_PART < health.diskSize),
    },
    { name: 'Database', value: formatBytes(health.databaseSize) },
    { name: 'Log', value: formatBytes(health.logSize), title: 'Moved into the database once a second' },
    {
      name: 'Memory',
      value: formatBytes(health.memory),
      title: `The machine has ${formatBytes(health.memorySize)}`,
    },
    { name: 'Running for', value: formatUptime(nowUs - health.startedTimeUs) },
    { name: 'Version', value: health.version },
  ];
}
