import type { Parameter, Schema } from './operation.ts';

/** Every parameter there is, described once. */

const text: Schema = { type: 'string', maxLength: 500 };
const ids: Schema = { type: 'array', items: { type: 'string', pattern: '^[a-z0-9-]{1,64}$' } };

export const limit: Parameter = {
  name: 'limit',
  description: 'How many at most. Of a feed: the first so many of all that is retained.',
  schema: { type: 'integer', minimum: 1, maximum: 500 },
};

export const cursor: Parameter = {
  name: 'cursor',
  description: 'Goes on where an answer ended: the value of its next.',
  schema: text,
};

export const since: Parameter = {
  name: 'since',
  description: 'A revision: what changed after it and what was removed, in the order of revisions.',
  schema: { type: 'integer', minimum: 0 },
};

export const topic: Parameter = {
  name: 'topic',
  description: 'Of any of these topics; may be repeated.',
  schema: ids,
};

export const oneTopic: Parameter = {
  name: 'topic',
  description: 'Of this topic.',
  schema: { type: 'string', pattern: '^[a-z0-9-]{1,64}$' },
};

export const source: Parameter = {
  name: 'source',
  description: 'Of any of these sources, a story by any of its reports; may be repeated.',
  schema: ids,
};

export const exceptSource: Parameter = {
  name: 'exclude-source',
  description: 'No story that any of these sources reported; may be repeated.',
  schema: ids,
};

export const q: Parameter = {
  name: 'q',
  description:
    'Literal terms that all have to be in the title or the text, whatever their width, case and script; among the newest 2,000.',
  schema: text,
};

export const exclude: Parameter = {
  name: 'exclude',
  description: 'Literal terms none of which may be there.',
  schema: text,
};

export const content: Parameter = {
  name: 'content',
  description: 'How much of each entry.',
  schema: { type: 'string', enum: ['full', 'summary', 'none'] },
};

export const script: Parameter = {
  name: 'script',
  description: 'Simplified or Traditional characters.',
  schema: { type: 'string', enum: ['hans', 'hant'] },
};

export const of: Parameter = {
  name: 'of',
  description: 'The feeds that are published here, or the sources that are read.',
  schema: { type: 'string', enum: ['feeds', 'sources'] },
};

/** What stands in paths. */
export const inPath: Readonly<Record<string, Omit<Parameter, 'name'>>> = {
  format: {
    description: 'Atom, RSS 2.0 or JSON Feed 1.1.',
    schema: { type: 'string', enum: ['atom', 'rss', 'json'] },
  },
  archiveFormat: {
    description: 'Atom or JSON Feed 1.1.',
    schema: { type: 'string', enum: ['atom', 'json'] },
  },
  topic: { description: 'The id of a topic.', schema: { type: 'string' } },
  source: { description: 'The id of a source.', schema: { type: 'string' } },
  id: { description: 'The id of a saved feed or a source.', schema: { type: 'string' } },
  number: {
    description: 'The number of an archive, from 1.',
    schema: { type: 'integer', minimum: 1, maximum: 999_999_999 },
  },
  apiId: {
    description: 'The first 16 hexadecimal digits of the SHA-256 of the entry id.',
    schema: { type: 'string', pattern: '^[0-9a-f]{16}$' },
  },
};
