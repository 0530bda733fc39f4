// Money that moves without a trade.

import type { MessageInitShape } from '@bufbuild/protobuf';
import type { Code, CreateCodeSchema, GrantSchema, MakeTransferSchema } from '$lib/gen/money_pb';
import type { LeaderboardEntry } from '$lib/gen/rooms_pb';
import { formatMoney } from '$lib/units';
import { exchange } from '$lib/app/exchange.svelte';
import { toasts } from '$lib/app/alerts/toasts.svelte';

export async function makeTransfer(value: MessageInitShape<typeof MakeTransferSchema>): Promise<void> {
  const { event } = await exchange.request({ case: 'makeTransfer', value });
  if (event.case !== 'transferMade' || !event.value.transfer) return;
  const { amount, toAccountId } = event.value.transfer;
  toasts.show('done', 'Money sent', `${formatMoney(amount)} to ${exchange.nameOfAccount(toAccountId)}.`);
}

export async function claimCode(code: string): Promise<void> {
  const { event } = await exchange.request({ case: 'claimCode', value: { code } });
  if (event.case !== 'transferMade' || !event.value.transfer) return;
  const { amount, toAccountId } = event.value.transfer;
  toasts.show(
    'done',
    'Money code claimed',
    `${formatMoney(amount)} for ${exchange.nameOfAccount(toAccountId)}.`,
  );
}

export async function grant(value: MessageInitShape<typeof GrantSchema>): Promise<void> {
  const { event } = await exchange.request({ case: 'grant', value });
  if (event.case !== 'granted') return;
  const { count } = event.value;
  const amount = value.amount ?? 0n;
  const done = amount > 0n ? 'Money granted' : 'Money taken back';
  const whom = count === 1 ? '1 account' : `each of ${count} accounts`;
  toasts.show(
    'done',
    done,
    `${formatMoney(amount > 0n ? amount : -amount)} ${amount > 0n ? 'to' : 'from'} ${whom}.`,
  );
}

export async function createCode(
  value: MessageInitShape<typeof CreateCodeSchema>,
): Promise<Code | undefined> {
  const { event } = await exchange.request({ case: 'createCode', value });
  return event.case === 'codeChanged' ? event.value.code : undefined;
}

export async function revokeCode(code: string): Promise<void> {
  await exchange.request({ case: 'revokeCode', value: { code } });
  toasts.show('done', code, 'The money code was revoked. Nobody can claim it now.');
}

/** Those that can still be used. */
export async function codes(): Promise<Code[]> {
  const { event } = await exchange.request({ case: 'getCodes', value: {} });
  return event.case === 'codes' ? event.value.codes : [];
}

/** Best first. */
export async function leaderboard(): Promise<LeaderboardEntry[]> {
  const { event } = await exchange.request({ case: 'getLeaderboard', value: {} });
  return event.case === 'leaderboard' ? event.value.entries : [];
}
