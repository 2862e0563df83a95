/** A description of the HTTP interface in OpenAPI 3.1, made from the table of its resources. */

interface Parameter {
  readonly name: string;
  readonly description: string;
  readonly schema: object;
  readonly repeated?: boolean;
}

interface Resource {
  readonly path: string;
  readonly summary: string;
  readonly type: string;
  readonly parameters?: readonly Parameter[];
  readonly method?: 'get' | 'post';
}

const text = (name: string, description: string): Parameter => ({
  name,
  description,
  schema: { type: 'string', maxLength: 500 },
});
const oneOf = (name: string, description: string, values: readonly string[]): Parameter => ({
  name,
  description,
  schema: { type: 'string', enum: values },
});
const ids = (name: string, description: string): Parameter => ({
  name,
  description,
  repeated: true,
  schema: { type: 'array', items: { type: 'string' } },
});
const limit: Parameter = {
  name: 'limit',
  description: 'How many at most.',
  schema: { type: 'integer', minimum: 1, maximum: 500 },
};
const cursor = text('cursor', 'The value of `next` in the answer before.');

const feedParameters: readonly Parameter[] = [
  { ...limit, description: 'The first so many of all that is retained.' },
  ids('topic', 'Stories of any of these topics.'),
  ids('source', 'Stories that any of these sources reported.'),
  ids('exclude-source', 'No story that any of these sources reported.'),
  text('q', 'Literal terms that all have to be there; width, case and script do not count.'),
  text('exclude', 'Literal terms none of which may be there.'),
  oneOf('content', 'How much of each entry.', ['full', 'summary', 'none']),
  oneOf('script', 'Simplified or Traditional characters.', ['hans', 'hant']),
];

const feedType = 'application/atom+xml, application/rss+xml or application/feed+json';
const json = 'application/json';

export const resources: readonly Resource[] = [
  { path: '/', summary: 'The front page: feeds, latest stories, sources.', type: 'text/html' },
  { path: '/items/{apiId}', summary: 'The page of one item.', type: 'text/html' },
  { path: '/feeds/all.{format}', summary: 'The merged feed.', type: feedType, parameters: feedParameters },
  {
    path: '/feeds/topics/{topic}.{format}',
    summary: 'The feed of one topic.',
    type: feedType,
    parameters: feedParameters,
  },
  {
    path: '/feeds/saved/{id}.{format}',
    summary: 'The feed of a configured query.',
    type: feedType,
    parameters: feedParameters,
  },
  {
    path: '/feeds/sources/{source}.{format}',
    summary: 'The feed of one source, its own items.',
    type: feedType,
    parameters: feedParameters,
  },
  {
    path: '/feeds/{feed}/archive/{number}.atom',
    summary: 'An archive of a feed (RFC 5005).',
    type: 'application/atom+xml',
  },
  {
    path: '/feeds/incidents.atom',
    summary: 'Opened and closed incidents of sources.',
    type: 'application/atom+xml',
  },
  {
    path: '/opml',
    summary: 'The feeds as OPML 2.0.',
    type: 'text/x-opml',
    parameters: [oneOf('of', 'The feeds published here, or the sources read.', ['feeds', 'sources'])],
  },
  {
    path: '/api/items',
    summary: 'Items, newest first; with `since`, what changed after a revision.',
    type: json,
    parameters: [
      limit,
      cursor,
      text('topic', 'Items of this topic.'),
      text('source', 'Items of this source.'),
      text('q', 'Words that all have to be there, among the newest 2,000 items.'),
      {
        name: 'since',
        description: 'A revision: items that changed after it, and what was removed, in that order.',
        schema: { type: 'integer', minimum: 0 },
      },
    ],
  },
  { path: '/api/items/{apiId}', summary: 'One item.', type: json },
  {
    path: '/api/items/{apiId}/explain',
    summary: 'How an item is keyed, merged and classified, and why.',
    type: json,
  },
  {
    path: '/api/stories',
    summary: 'Stories with their reports, newest first.',
    type: json,
    parameters: [limit, cursor, text('topic', 'Stories of this topic.')],
  },
  { path: '/api/sources', summary: 'Sources, their states and polls.', type: json },
  {
    path: '/api/sources/{id}',
    summary: 'One source, with documents that were kept for inspection.',
    type: json,
  },
  { path: '/api/topics', summary: 'Topics and how many stories they have.', type: json },
  {
    path: '/api/sources/{id}/poll',
    summary: 'Polls a source now; needs the admin token.',
    type: json,
    method: 'post',
  },
  {
    path: '/api/reload',
    summary: 'Reads the configuration again; needs the admin token.',
    type: json,
    method: 'post',
  },
  { path: '/healthz', summary: 'Whether the store answers.', type: json },
  { path: '/readyz', summary: '200 once the feeds have been rendered.', type: json },
  { path: '/metrics', summary: 'Numbers for Prometheus.', type: 'text/plain' },
  { path: '/openapi.json', summary: 'This description.', type: json },
  { path: '/api', summary: 'This description, as a page.', type: 'text/html' },
  { path: '/robots.txt', summary: 'What crawlers may fetch.', type: 'text/plain' },
  { path: '/favicon.svg', summary: 'The icon.', type: 'image/svg+xml' },
];

export function describeInterface(title: string, url: string, version: string): object {
  const paths: Record<string, object> = {};
  for (const resource of resources)
    paths[resource.path] = { ...paths[resource.path], [resource.method ?? 'get']: operation(resource) };
  return {
    openapi: '3.1.0',
    info: { title, version, description: 'Many feeds flow in, one clean river flows out.' },
    servers: [{ url }],
    components: {
      securitySchemes: { admin: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: problem },
    },
    paths,
  };
}

function operation({ path, summary, type, parameters = [], method }: Resource): object {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: name === 'format' ? { type: 'string', enum: ['atom', 'rss', 'json'] } : { type: 'string' },
  }));
  const inQuery = parameters.map(({ name, description, schema, repeated }) => ({
    name,
    in: 'query',
    description,
    schema,
    ...(repeated === true && { explode: true }),
  }));
  const types = type.split(/, | or /);
  return {
    summary,
    ...(method === 'post' && { security: [{ admin: [] }] }),
    parameters: [...inPath, ...inQuery],
    responses: {
      200: { description: 'Done.', content: Object.fromEntries(types.map((name) => [name, {}])) },
      default: {
        description: 'What is wrong.',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

/** RFC 9457 */
const problem = {
  type: 'object',
  required: ['title', 'status'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
  },
};
