import { ref, type Schema } from './operation.ts';

/** What answers hold: the canonical item and what is said of stories, sources and topics. */

const text: Schema = { type: 'string' };
const html: Schema = { type: 'string', contentMediaType: 'text/html' };
const url: Schema = { type: 'string', format: 'uri' };
const count: Schema = { type: 'integer', minimum: 0 };
const time: Schema = {
  type: 'string',
  format: 'date-time',
  pattern: String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$`,
};
const apiId: Schema = { type: 'string', pattern: '^[0-9a-f]{16}$' };
const hash: Schema = { type: 'string', pattern: '^[0-9a-f]{64}$' };
const list = (items: Schema): Schema => ({ type: 'array', items });
const oneOf = (...values: readonly string[]): Schema => ({ type: 'string', enum: values });

function object(
  required: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
): Schema {
  return { type: 'object', required: Object.keys(required), properties: { ...required, ...optional } };
}

const origin = object(
  {},
  {
    id: text,
    title: text,
    url,
    homepage: url,
    updated: time,
    rights: text,
    license: text,
    authors: list(ref('Person')),
    contributors: list(ref('Person')),
    categories: list(ref('Category')),
    image: url,
    icon: url,
    description: text,
    generator: text,
  },
);

const part = object({ title: text }, { url, content: html, section: text });

const outcome = object(
  { kind: oneOf('fetched', 'unchanged', 'gone', 'failed') },
  {
    status: count,
    items: count,
    new: count,
    error: object({ code: text, message: text }),
    warnings: count,
    bytes: count,
    retryAfterMs: { type: 'number' },
    freshForMs: { type: 'number' },
    movedTo: text,
  },
);

const shape = object(
  { at: time, format: text, items: count, linked: { type: 'number' }, bytes: count },
  { timed: { type: 'number' } },
);

const poll = object(
  { at: time, outcome: text, ms: { type: 'number' } },
  { status: count, bytes: count, items: count, new: count },
);

const source = {
  required: { id: text, title: text, format: text, state: text, items: count, failures: count, feed: url },
  optional: {
    url: text,
    private: { const: true },
    stateSince: time,
    stateBecause: text,
    lastPoll: time,
    lastSuccess: time,
    lastOutcome: outcome,
    lastNew: time,
    documents: list(shape),
    polls: list(poll),
    movedTo: object({ from: text, to: text, since: time }),
    nextPoll: object({ at: time }, { because: text }),
  },
} as const;

const matched = oneOf('first', 'title', 'url', 'cut-title', 'override');

const report = object(
  { source: text, entryId: text, apiId, url, firstSeen: time, matched },
  { title: text, published: time },
);

const explained = object(
  {
    source: text,
    entryId: text,
    apiId,
    title: text,
    titleKey: text,
    firstSeen: time,
    matched,
    because: text,
  },
  { url, published: time },
);

const page = (of: Readonly<Record<string, Schema>>): Schema =>
  object({ ...of, revision: count }, { next: text });

export const schemas: Readonly<Record<string, Schema>> = {
  Problem: object({ title: text, status: count }, { type: text, detail: text }),
  Person: object({}, { name: text, email: text, url: text, role: text }),
  Category: object({ term: text }, { scheme: text, label: text }),
  Enclosure: object({ url: text }, { type: text, length: count }),
  Item: object(
    { source: text, apiId, entryId: text, topics: list(text), firstSeen: time, revision: count },
    {
      id: text,
      title: text,
      url: text,
      summary: html,
      content: html,
      published: time,
      updated: time,
      authors: list(ref('Person')),
      contributors: list(ref('Person')),
      categories: list(ref('Category')),
      enclosures: list(ref('Enclosure')),
      image: text,
      language: text,
      rights: text,
      license: text,
      commentsUrl: text,
      origin,
      column: text,
      agency: text,
      orderHint: time,
      promo: { type: 'boolean' },
      parts: list(part),
      titleHash: hash,
      story: object({ id: text, lead: text }),
    },
  ),
  Removal: object({ id: text, entryId: text, deleted: { const: true }, revision: count }, { source: text }),
  ItemPage: page({ items: list({ anyOf: [ref('Item'), ref('Removal')] }) }),
  Story: object(
    {
      id: text,
      title: text,
      url,
      updated: time,
      firstSeen: time,
      topics: list(text),
      lead: text,
      revision: count,
      reports: list(report),
    },
    { published: time },
  ),
  StoryPage: page({ stories: list(ref('Story')) }),
  Source: object(source.required, source.optional),
  SourceList: object({ sources: list(ref('Source')) }),
  SourceDetails: object(
    {
      ...source.required,
      keptDocuments: list(object({ at: time, cause: text, bytes: count }, { beginning: text })),
    },
    source.optional,
  ),
  Topic: object({ id: text, title: text, stories: count, feed: url }),
  TopicList: object({ topics: list(ref('Topic')) }),
  Explanation: object({
    title: text,
    key: object({
      version: count,
      steps: list({ type: 'object' }),
      hash,
      length: { type: 'number' },
    }),
    mergesByTitle: { type: 'boolean' },
    topics: list({ type: 'object' }),
    stories: list(object({ id: text, lead: text, reports: list(explained) })),
    apart: list(object({ id: text, source: text, apiId, title: text, because: text })),
  }),
  Poll: { allOf: [object({ source: text }), outcome] },
  Reload: object({ status: { const: 'reloaded' } }),
  Health: object({ status: oneOf('ok', 'degraded') }, { revision: count, reason: text }),
  Readiness: object({ status: { const: 'ready' } }),
};
