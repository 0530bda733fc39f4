// The same history as files. The address wants the token in a header, which a link can't send.

import { pathTo } from '$lib/app/addresses';
import { exchange } from '$lib/app/exchange.svelte';
import { auth } from '$lib/auth/auth.svelte';

export type CsvName =
  | 'trades'
  | 'orders'
  | 'transfers'
  | 'equity'
  | 'audit'
  | 'leaderboard'
  | 'members'
  /** All of a room's, in one ZIP. */
  | 'results';

/** Fetches a file and hands it to the browser to save; rejects with the exchange's sentence. */
export async function downloadCsv(name: CsvName, parameters: Record<string, string>): Promise<void> {
  const slug = exchange.room?.slug ?? '';
  // With a byte order mark, as spreadsheets guess another encoding without it.
  const query = new URLSearchParams({ ...parameters, bom: '1' });
  await downloadFile(`/api/rooms/${slug}/${fileOf(name)}?${query}`, `${slug}-${fileOf(name)}`);
}

/** The same for any file of the exchange. */
export async function downloadFile(path: `/${string}`, name: string): Promise<void> {
  const { accessToken } = await auth.credential();
  const response = await fetch(pathTo(path), { headers: { Authorization: `Bearer ${accessToken}` } });
  if (!response.ok) throw new Error(await sentenceOf(response));
  save(await response.blob(), name);
}

/** Hands the browser a file to save. */
export function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it by the next turn.
  setTimeout(() => URL.revokeObjectURL(address), 1_000);
}

function fileOf(name: CsvName): string {
  return name === 'results' ? 'results.zip' : `${name}.csv`;
}

async function sentenceOf(response: Response): Promise<string> {
  try {
    const problem = (await response.json()) as { detail?: string; title?: string };
    return problem.detail ?? problem.title ?? response.statusText;
  } catch {
    return response.statusText || 'The exchange does not answer.';
  }
}
