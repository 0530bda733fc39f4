// The same history as files. The address wants the token in a header, which a link can't send.

import { exchange } from '$lib/app/exchange.svelte';
import { auth } from '$lib/auth/auth.svelte';

export type CsvName = 'trades' | 'orders' | 'transfers' | 'equity' | 'audit';

/** Fetches a file and hands it to the browser to save; rejects with the exchange's sentence. */
export async function downloadCsv(name: CsvName, parameters: Record<string, string>): Promise<void> {
  const slug = exchange.room?.slug ?? '';
  const query = new URLSearchParams(parameters);
  const { accessToken } = await auth.credential();
  const response = await fetch(`/api/rooms/${slug}/${name}.csv?${query}`, {
    headers: { Authorization: `Bearer ${accessToken}` },
  });
  if (!response.ok) throw new Error(await sentenceOf(response));
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = `${slug}-${name}.csv`;
  link.click();
  // The browser has taken it by the next turn.
  setTimeout(() => URL.revokeObjectURL(address), 1_000);
}

async function sentenceOf(response: Response): Promise<string> {
  try {
    const problem = (await response.json()) as { detail?: string; title?: string };
    return problem.detail ?? problem.title ?? response.statusText;
  } catch {
    return response.statusText || 'The exchange does not answer.';
  }
}
