import { expect, it, vi } from 'vitest';
import { carryOut } from './steps';

const works = (said: string) => ({ said, run: vi.fn(() => Promise.resolve()) });
const fails = (said: string) => ({ said, run: () => Promise.reject(new Error('The market is settled.')) });

it('says what was done, in its order', async () => {
  await expect(carryOut([works('halted'), works('house bots normal')])).resolves.toBe(
    'Saved: halted, house bots normal.',
  );
  await expect(carryOut([])).resolves.toBe('Nothing was changed.');
});

it('ends at the first that is refused, and says what was done and what was not', async () => {
  const last = works('open');
  await expect(carryOut([works('house bots off'), fails('name'), last])).rejects.toThrow(
    'Saved: house bots off. Not saved: name, open. The market is settled.',
  );
  expect(last.run).not.toHaveBeenCalled();
  await expect(carryOut([fails('name')])).rejects.toThrow('Not saved: name. The market is settled.');
});
