import { expect, it } from 'vitest';
import { Pages } from './pages.svelte';
import type { Question } from './questions';

/** A list that grows at its newest end. */
function listOf(count: bigint) {
  const list = { count };
  const question: Question<bigint> = (after, limit) => {
    const from = after === 0n ? list.count : after - 1n;
    const rows: bigint[] = [];
    for (let id = from; id > 0n && rows.length < limit; id -= 1n) rows.push(id);
    const last = rows.at(-1) ?? 0n;
    return Promise.resolve({ rows, nextAfter: last > 1n ? last : 0n });
  };
  return { list, pages: new Pages(question, (id) => id) };
}

it('fetches page after page, to the end', async () => {
  const { pages } = listOf(60n);
  await pages.refresh();
  expect(pages.rows).toHaveLength(25);
  await pages.more();
  expect(pages.hasMore).toBe(true);
  await pages.more();
  expect(pages.rows).toHaveLength(60);
  expect(pages.hasMore).toBe(false);
});

it('puts what is new in front, and keeps what was fetched', async () => {
  const { list, pages } = listOf(60n);
  await pages.refresh();
  await pages.more();
  list.count += 20n;
  await pages.refresh();
  expect(pages.rows).toEqual(Array.from({ length: 70 }, (_, index) => 80n - BigInt(index)));
  await pages.more();
  expect(pages.rows).toHaveLength(80);
});

it('starts over when more came than joins on', async () => {
  const { list, pages } = listOf(60n);
  await pages.refresh();
  await pages.more();
  list.count += 1_000n;
  await pages.refresh();
  expect(pages.rows).toHaveLength(25);
  expect(pages.hasMore).toBe(true);
});

it('says why it was refused, and keeps its rows', async () => {
  const pages = new Pages<bigint>(
    () => Promise.reject(new Error('Too often.')),
    (id) => id,
  );
  await pages.refresh();
  expect(pages.refused).toBe('Too often.');
  expect(pages.rows).toBeUndefined();
});
