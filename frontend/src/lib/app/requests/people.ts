// What elevated admins ask about people and the exchange.

import type { Health, MemberOverview, Person } from '$lib/gen/people_pb';
import { exchange } from '$lib/app/exchange.svelte';

export async function membersOverview(): Promise<Map<bigint, MemberOverview>> {
  const { event } = await exchange.request({ case: 'getMembersOverview', value: {} });
  const members = event.case === 'membersOverview' ? event.value.members : [];
  return new Map(members.map((member) => [member.userId, member]));
}

export async function person(userId: bigint): Promise<Person | undefined> {
  const { event } = await exchange.request({ case: 'getPerson', value: { userId } });
  return event.case === 'person' ? event.value : undefined;
}

export async function health(): Promise<Health | undefined> {
  const { event } = await exchange.request({ case: 'getHealth', value: {} });
  return event.case === 'health' ? event.value : undefined;
}
