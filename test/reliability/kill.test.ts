import { expect, test } from 'vitest';
import { runLedger } from './ledger.ts';

test('a program that is killed twenty times loses nothing, doubles nothing and changes nothing', async () => {
  const result = await runLedger({ kills: 20, seed: 20_260_106 });
  expect(result).toMatchObject({ lost: [], doubled: [], changed: [], illFormed: [] });
  expect(result.items).toBeGreaterThan(200);
  expect(result.answers).toBeGreaterThan(20);
}, 180_000);
