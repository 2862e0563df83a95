import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { z } from 'zod';
import type { ConfigProblem } from '../model/errors.ts';
import type { Override } from '../model/override.ts';
import { check } from './problems.ts';
import * as value from './values.ts';
import { readYamlFile, type Environment } from './yaml-file.ts';

const entryId = () => value.text('an entry id');

const allowed = '{ join: [entry id, entry id, …] } or { split: entry id }';

/** `overrides.yaml`. */
export const overridesSchema = value.list(
  value
    .strict({
      join: value.list(entryId()).min(2, { error: 'at least two entry ids' }).optional(),
      split: entryId().optional(),
    })
    .refine(({ join, split }) => (join === undefined) !== (split === undefined), { error: allowed }),
  `a list of ${allowed}`,
);

/** An override and the place in its file, for those who have something to say of it. */
export type PlacedOverride = Override & { readonly file: string; readonly line: number };

/** The overrides beside the configuration file; none where there is no such file. */
export function readOverrides(
  configFile: string,
  environment: Environment,
): { readonly overrides: readonly PlacedOverride[]; readonly problems: readonly ConfigProblem[] } {
  const path = join(dirname(configFile), 'overrides.yaml');
  if (!existsSync(path)) return { overrides: [], problems: [] };
  const file = readYamlFile(path, environment);
  // A file of nothing but comments says nothing.
  const checked = check(file, overridesSchema, file.value ?? []);
  const placed = (checked.value ?? []).map((entry, index): PlacedOverride => {
    const { line = 1 } = file.locate([index]);
    return { ...overrideOf(entry), file: path, line };
  });
  return { overrides: placed, problems: checked.problems };
}

function overrideOf({ join: entryIds, split = '' }: z.output<typeof overridesSchema>[number]): Override {
  return entryIds ? { kind: 'join', entryIds } : { kind: 'split', entryId: split };
}
