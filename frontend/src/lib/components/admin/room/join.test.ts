import { describe, expect, it } from 'vitest';
import { JoinPolicy } from '$lib/gen/rooms_pb';
import { addressesFor, grouped, isOnlyHere, joinWay, makeUpCode, readable, type JoinFacts } from './join';

const open: JoinFacts = {
  policy: JoinPolicy.OPEN,
  archived: false,
  roomCode: '',
  signUpNeedsCode: false,
  exchangeCode: '',
};
const invite = { ...open, policy: JoinPolicy.INVITE };

describe('what the link carries', () => {
  it.each<[string, JoinFacts, string]>([
    ['nothing into an open room', open, ''],
    ['nothing of a code that is not needed', { ...open, roomCode: 'ROOM12' }, ''],
    ['the code to sign up with', { ...open, signUpNeedsCode: true, exchangeCode: 'EXCH12' }, 'EXCH12'],
    ["the room's code where only that is known", { ...open, signUpNeedsCode: true, roomCode: 'R1' }, 'R1'],
    ["the room's code by invitation", { ...invite, roomCode: 'ROOM12' }, 'ROOM12'],
    [
      "the room's code for signing up, too",
      { ...invite, roomCode: 'ROOM12', signUpNeedsCode: true, exchangeCode: 'EXCH12' },
      'ROOM12',
    ],
  ])('%s', (_, facts, code) => expect(joinWay(facts)).toEqual({ code }));
});

it.each<[JoinFacts, string]>([
  [{ ...open, archived: true }, 'archived'],
  [{ ...open, policy: JoinPolicy.CLOSED, roomCode: 'ROOM12' }, 'closed'],
  [{ ...invite, signUpNeedsCode: true, exchangeCode: 'EXCH12' }, 'no-room-code'],
  [{ ...open, signUpNeedsCode: true }, 'no-sign-up-code'],
])('says why nobody gets in', (facts, hindrance) => expect(joinWay(facts).hindrance).toBe(hindrance));

it('makes up codes that the exchange takes, without letters that look alike', () => {
  const codes = Array.from({ length: 50 }, makeUpCode);
  expect(codes.every((code) => /^[A-HJKMNP-Z2-9]{5}-[A-HJKMNP-Z2-9]{5}$/.test(code))).toBe(true);
  expect(new Set(codes).size).toBe(50);
});

it('shows a long code in two halves', () => {
  expect([grouped('K7MP2XQ9RT'), grouped('LETMEIN')]).toEqual(['K7MP2-XQ9RT', 'LETMEIN']);
});

it('offers addresses that others can open, the one of this page first', () => {
  const told = ['http://192.168.1.5:8080'];
  expect(addressesFor('http://localhost:8080', told)).toEqual(told);
  expect(addressesFor('http://192.168.1.5:8080', told)).toEqual(told);
  expect(addressesFor('https://school.edu/exchange', told)).toEqual(['https://school.edu/exchange', ...told]);
  expect(isOnlyHere('http://127.0.0.1:8080')).toBe(true);
  expect(readable('https://school.edu/join/class-7')).toBe('school.edu/join/class-7');
});
