// The exchange's own traders in a market, in words.

import { HouseBotKind, HouseBotStrength } from '$lib/gen/markets_pb';

export const BOTS = [
  { kind: HouseBotKind.MAKER, name: 'Maker', does: 'Quotes both sides at several prices.' },
  { kind: HouseBotKind.NOISE, name: 'Noise trader', does: 'Buys and sells small amounts at random.' },
  {
    kind: HouseBotKind.INFORMED,
    name: 'Informed trader',
    does: 'Knows a hidden value and trades when the price is far from it.',
  },
];

export const STRENGTHS = [
  { value: HouseBotStrength.UNSPECIFIED, text: 'Off' },
  { value: HouseBotStrength.GENTLE, text: 'Gentle' },
  { value: HouseBotStrength.NORMAL, text: 'Normal' },
  { value: HouseBotStrength.LIVELY, text: 'Lively' },
];

const STRENGTH_WORD = new Map(STRENGTHS.map(({ value, text }) => [value, text.toLowerCase()]));

interface Bot {
  kind: HouseBotKind;
  strength: HouseBotStrength;
}

/** "house bots normal" where all are alike; else "house bots: maker lively, noise trader gentle"; those that are off go unsaid. */
export function botsWords(bots: readonly Bot[]): string {
  const working = BOTS.flatMap(({ kind, name }) => {
    const strength = bots.find((bot) => bot.kind === kind)?.strength ?? HouseBotStrength.UNSPECIFIED;
    return strength === HouseBotStrength.UNSPECIFIED
      ? []
      : [{ name: name.toLowerCase(), word: STRENGTH_WORD.get(strength) ?? '' }];
  });
  if (working.length === 0) return 'house bots off';
  const word = working[0]?.word ?? '';
  if (working.length === BOTS.length && working.every((bot) => bot.word === word))
    return `house bots ${word}`;
  return `house bots: ${working.map((bot) => `${bot.name} ${bot.word}`).join(', ')}`;
}
