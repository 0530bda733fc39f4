import { expect, it } from 'vitest';
import { HouseBotKind, HouseBotStrength } from '$lib/gen/markets_pb';
import { botsWords } from './bots';

const { MAKER, NOISE, INFORMED } = HouseBotKind;
const { GENTLE, NORMAL, LIVELY, UNSPECIFIED } = HouseBotStrength;
const all = (strength: HouseBotStrength) => [NOISE, MAKER, INFORMED].map((kind) => ({ kind, strength }));

it('says which bots trade', () => {
  expect(botsWords([])).toBe('house bots off');
  expect(botsWords(all(UNSPECIFIED))).toBe('house bots off');
  expect(botsWords(all(NORMAL))).toBe('house bots normal');
  expect(
    botsWords([
      { kind: NOISE, strength: GENTLE },
      { kind: MAKER, strength: LIVELY },
    ]),
  ).toBe('house bots: maker lively, noise trader gentle');
});
