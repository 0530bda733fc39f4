import { describe, expect, it } from 'vitest';
import { Timeline } from './timeline';

describe('timeline', () => {
  const timeline = new Timeline();
  timeline.add(
    { sequence: 100, timeUs: 2_000 },
    { sequence: 10, timeUs: 1_000 },
    { sequence: 200, timeUs: 2_000 },
  );

  it('reckons between what is known, and knows no more beyond it', () => {
    expect(timeline.timeAt(55)).toBe(1_500);
    expect(timeline.timeAt(100)).toBe(2_000);
    expect(timeline.timeAt(5)).toBe(1_000);
    expect(timeline.timeAt(500)).toBe(2_000);
  });

  it('finds the last sequence at a time', () => {
    expect(timeline.sequenceAt(1_500)).toBe(55);
    expect(timeline.sequenceAt(2_000)).toBe(200);
    expect(timeline.sequenceAt(900)).toBe(10);
  });

  it('takes a better anchor in the place of its sequence', () => {
    timeline.add({ sequence: 55, timeUs: 1_900 });
    expect(timeline.timeAt(55)).toBe(1_900);
    expect(timeline.around(60)).toEqual({
      before: { sequence: 55, timeUs: 1_900 },
      after: { sequence: 100, timeUs: 2_000 },
    });
  });

  it('knows nothing at first', () => {
    expect(new Timeline().timeAt(1)).toBeUndefined();
    expect(new Timeline().sequenceAt(1)).toBeUndefined();
  });
});
