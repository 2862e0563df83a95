import { first } from './001-first.ts';
import { polledAt } from './002-polled-at.ts';
import { arrival } from './003-arrival.ts';
import { sourceDocuments } from './004-source-documents.ts';
import { titleMarks } from './005-title-marks.ts';
import { withdrawn } from './006-withdrawn.ts';
import { archivesByRevision } from './007-archives-by-revision.ts';
import { identity } from './008-identity.ts';
import { sourcePolls } from './009-source-polls.ts';
import { fewerIndexes } from './010-fewer-indexes.ts';
import { oneTitleMark } from './011-one-title-mark.ts';
import { inGroups } from './012-groups.ts';

/** In order; only ever appended to. The store's version is how many of them it has had. */
export const migrations: readonly string[] = [
  first,
  polledAt,
  arrival,
  sourceDocuments,
  titleMarks,
  withdrawn,
  archivesByRevision,
  identity,
  sourcePolls,
  fewerIndexes,
  oneTitleMark,
  inGroups,
];
