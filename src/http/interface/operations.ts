import { json, type Operation } from './operation.ts';
import * as parameter from './parameters.ts';

/** The table of everything that can be asked, in the order in which people read it. */

const text = { type: 'string' };
const html = { 'text/html': text };
const atom = { 'application/atom+xml': text };
const jsonFeed = { 'application/feed+json': { type: 'object' } };
const feed = { ...atom, 'application/rss+xml': text, ...jsonFeed };

const ofFeeds = [
  parameter.limit,
  parameter.topic,
  parameter.source,
  parameter.exceptSource,
  parameter.q,
  parameter.exclude,
  parameter.content,
  parameter.script,
];

const feeds: readonly Operation[] = [
  { id: 'mergedFeed', path: '/feeds/all.{format}', summary: 'Every story once.' },
  { id: 'topicFeed', path: '/feeds/topics/{topic}.{format}', summary: 'The stories of one topic.' },
  { id: 'savedFeed', path: '/feeds/saved/{id}.{format}', summary: 'A query of the configuration.' },
  {
    id: 'sourceFeed',
    path: '/feeds/sources/{source}.{format}',
    summary: 'One source’s own items, never merged; a private one’s with the admin token.',
  },
].map((operation) => ({
  ...operation,
  group: 'feeds',
  parameters: ofFeeds,
  answer: feed,
  problems: [400, 404, 503],
}));

const archives: readonly Operation[] = [
  { id: 'mergedArchive', path: '/feeds/all/archive/{number}.{archiveFormat}' },
  { id: 'topicArchive', path: '/feeds/topics/{topic}/archive/{number}.{archiveFormat}' },
  { id: 'savedArchive', path: '/feeds/saved/{id}/archive/{number}.{archiveFormat}' },
  { id: 'sourceArchive', path: '/feeds/sources/{source}/archive/{number}.{archiveFormat}' },
].map((operation) => ({
  ...operation,
  group: 'feeds',
  summary: 'What has left the feed, at most 100 entries each (RFC 5005, next_url).',
  answer: { ...atom, ...jsonFeed },
  problems: [404, 503],
}));

const lists: readonly Operation[] = [
  {
    id: 'incidentsFeed',
    path: '/feeds/incidents.atom',
    group: 'feeds',
    summary: 'Sources that went wrong and came back.',
    answer: atom,
    problems: [503],
  },
  {
    id: 'opml',
    path: '/opml',
    group: 'feeds',
    summary: 'The feeds, or the sources, as OPML 2.0.',
    parameters: [parameter.of],
    answer: { 'text/x-opml': text },
    problems: [400],
  },
];

const data: readonly Operation[] = [
  {
    id: 'listItems',
    path: '/api/items',
    summary: 'Items, newest first; with since, all changes and removals after a revision.',
    parameters: [
      parameter.limit,
      parameter.cursor,
      parameter.topic,
      parameter.source,
      parameter.q,
      parameter.since,
    ],
    answer: json('ItemPage'),
    problems: [400, 404],
  },
  {
    id: 'getItem',
    path: '/api/items/{apiId}',
    summary: 'One item.',
    answer: json('Item'),
    problems: [404],
  },
  {
    id: 'explainItem',
    path: '/api/items/{apiId}/explain',
    summary: 'How an item is keyed, merged and classified, and why.',
    answer: json('Explanation'),
    problems: [404],
  },
  {
    id: 'listStories',
    path: '/api/stories',
    summary: 'Stories with their reports, newest first.',
    parameters: [parameter.limit, parameter.cursor, parameter.topic],
    answer: json('StoryPage'),
    problems: [400, 404],
  },
  {
    id: 'listTopics',
    path: '/api/topics',
    summary: 'Topics, and how many stories they have.',
    answer: json('TopicList'),
  },
  {
    id: 'listSources',
    path: '/api/sources',
    summary: 'Sources, their states and polls; private ones too with the admin token.',
    answer: json('SourceList'),
  },
  {
    id: 'getSource',
    path: '/api/sources/{id}',
    summary: 'One source, with documents that were kept for inspection.',
    answer: json('SourceDetails'),
    problems: [404],
  },
  {
    id: 'pollSource',
    method: 'post',
    path: '/api/sources/{id}/poll',
    summary: 'Polls a source now. Needs the admin token; where none is configured it is not there.',
    answer: json('Poll'),
    problems: [404, 409],
  },
  {
    id: 'reload',
    method: 'post',
    path: '/api/reload',
    summary: 'Reads the configuration again. Needs the admin token, as above.',
    answer: json('Reload'),
    problems: [404, 409],
  },
].map((operation) => ({ ...operation, group: 'data' }) as Operation);

const pages: readonly Operation[] = [
  {
    id: 'frontPage',
    path: '/',
    summary: 'Feeds, latest stories, sources.',
    parameters: [parameter.oneTopic],
    problems: [400, 404],
  },
  {
    id: 'itemPage',
    path: '/items/{apiId}',
    summary: 'One item, its story and its reports.',
    problems: [404],
  },
  { id: 'interfacePage', path: '/api', summary: 'This page.' },
].map((operation) => ({ ...operation, group: 'pages', answer: html }) as Operation);

const operation: readonly Operation[] = [
  {
    id: 'health',
    path: '/healthz',
    summary: 'Whether the store answers; open to everybody.',
    answer: json('Health'),
    isUnkept: true,
  },
  {
    id: 'readiness',
    path: '/readyz',
    summary: '200 once the feeds have been rendered; open to everybody.',
    answer: json('Readiness'),
    problems: [503],
    isUnkept: true,
  },
  {
    id: 'metrics',
    path: '/metrics',
    summary: 'Numbers for Prometheus.',
    answer: { 'text/plain': text },
    isUnkept: true,
  },
  {
    id: 'description',
    path: '/openapi.json',
    summary: 'This page for programs (OpenAPI 3.1).',
    answer: { 'application/json': { type: 'object' } },
  },
  {
    id: 'robots',
    path: '/robots.txt',
    summary: 'What crawlers may fetch.',
    answer: { 'text/plain': text },
  },
  { id: 'icon', path: '/favicon.svg', summary: 'The icon.', answer: { 'image/svg+xml': text } },
].map((known) => ({ ...known, group: 'operation' }) as Operation);

export const operations: readonly Operation[] = [
  ...feeds,
  ...archives,
  ...lists,
  ...data,
  ...pages,
  ...operation,
];
