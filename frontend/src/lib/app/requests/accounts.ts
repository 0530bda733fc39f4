// Accounts: opening, sharing, and acting as one.

import type { AccountRole, Account } from '$lib/gen/rooms_pb';
import { ACCOUNT_ROLE_WORD } from '$lib/state/words';
import { exchange } from '$lib/app/exchange.svelte';
import { toasts } from '$lib/app/alerts/toasts.svelte';

export async function actAs(accountId: bigint): Promise<void> {
  try {
    await exchange.request({ case: 'actAs', value: { accountId } });
    toasts.show(
      'done',
      exchange.nameOfAccount(accountId),
      'You are now trading for this account.',
      'acting as',
    );
  } catch (failure) {
    toasts.refused('You are still trading for the same account', failure);
  }
}

export async function openAccount(name: string): Promise<void> {
  await exchange.request({ case: 'openAccount', value: { name } });
  toasts.show('done', name, 'The account is open.');
}

export async function renameAccount({ accountId }: Account, name: string): Promise<void> {
  await exchange.request({ case: 'renameAccount', value: { accountId, name } });
  toasts.show('done', name, 'The account was renamed.');
}

export async function shareAccount(
  { accountId, name }: Account,
  userId: bigint,
  role: AccountRole,
): Promise<void> {
  await exchange.request({ case: 'shareAccount', value: { accountId, userId, role } });
  const who = exchange.nameOfUser(userId);
  toasts.show('done', name, `${who} is now a ${ACCOUNT_ROLE_WORD[role].toLowerCase()} of this account.`);
}

export async function removeFromAccount({ accountId, name }: Account, userId: bigint): Promise<void> {
  await exchange.request({ case: 'removeAccountMember', value: { accountId, userId } });
  const left = userId === exchange.user?.userId;
  const who = left ? 'You' : exchange.nameOfUser(userId);
  toasts.show('done', name, `${who} can no longer trade for this account.`);
}
