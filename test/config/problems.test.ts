import { describe, expect, test } from 'vitest';
import { formatProblem } from '../../src/model/errors.ts';
import { problemsOf, type Setting } from './files.ts';

/** Each configuration, and how each of its problems begins and what it names. */
type Case = readonly [
  what: string,
  given: string | Setting,
  ...problems: readonly (readonly [string, ...RegExp[]])[],
];

const source = (yaml: string): Setting => ({
  files: {
    'config.yaml': 'feeds: feeds\n',
    'feeds/harbour/source.yaml': yaml,
    'feeds/harbour/sample.xml': '<rss/>',
  },
});

const cases: readonly Case[] = [
  [
    'an unknown key',
    'site:\n  title: Tributary\n  colour: blue\n',
    ['config.yaml:3:3: found the unknown key site.colour', /allowed:.*title.*url.*language.*authority/],
  ],
  [
    'an unknown key at the top',
    'sight: {}\n',
    ['config.yaml:1:1: found the unknown key sight', /allowed:.*site.*server/],
  ],
  [
    'an unknown key in a flow mapping',
    'server: { host: 127.0.0.1, prot: 80 }\n',
    ['config.yaml:1:28: found the unknown key server.prot'],
  ],
  [
    'a text for a number',
    'server:\n  port: eighty\n',
    ['config.yaml:2:9: server.port: found "eighty"', /a whole number from 0 to 65535/],
  ],
  [
    'a number that is too large',
    'server: { port: 70000 }\n',
    ['config.yaml:1:17: server.port: found 70000', /0 to 65535/],
  ],
  [
    'a password that is empty, without showing others',
    'server: { readers: { alice: "", bob: s3cret } }\n',
    ['config.yaml:1:29: server.readers.alice: found a value that is kept secret', /allowed: a password/],
  ],
  [
    'a reader whose name holds a colon',
    'server: { readers: { "a:b": x } }\n',
    ['config.yaml:1:29: server.readers.a:b: found a value that is kept secret', /without a colon/],
  ],
  [
    'a proxy that is no address',
    'server: { trustProxy: [nginx] }\n',
    ['config.yaml:1:24: server.trustProxy.0: found "nginx"', /a block of addresses/],
  ],
  [
    'a number for a text',
    'site: { title: 36 }\n',
    ['config.yaml:1:16: site.title: found 36', /allowed: text/],
  ],
  [
    'a text for a flag',
    'publish: { promo: maybe }\n',
    ['config.yaml:1:19: publish.promo: found "maybe"', /true or false/],
  ],
  ['a scalar for a mapping', 'site: Tributary\n', ['config.yaml:1:7: site: found "Tributary"', /a mapping/]],
  ['a mapping for a list', 'sources:\n  id: x\n', ['config.yaml:2:3: sources: found a mapping', /a list/]],
  ['a list for the whole', '- site\n', ['config.yaml:1:1: found a list', /a mapping/]],
  [
    'no duration',
    'fetch: { minInterval: soon }\n',
    ['config.yaml:1:23: fetch.minInterval: found "soon"', /90s, 10m, 2h/],
  ],
  [
    'a bare number for a duration',
    'fetch:\n  maxInterval: 60\n',
    ['config.yaml:2:16: fetch.maxInterval: found 60', /a duration/],
  ],
  [
    'a language that is none',
    'site: { language: "not a tag" }\n',
    ['config.yaml:1:19: site.language: found "not a tag"', /BCP 47/],
  ],
  [
    'a site that is no URL',
    'site: { url: news.example.org }\n',
    ['config.yaml:1:14: site.url: found "news.example.org"', /http or https/],
  ],
  [
    'an authority without a year',
    'site: { authority: news.example.org }\n',
    ['config.yaml:1:20: site.authority:', /RFC 4151/],
  ],
  [
    'another kind of store',
    'store: { url: "mysql://localhost/x" }\n',
    ['config.yaml:1:15: store.url: found "mysql://localhost/x"', /sqlite:/],
  ],
  ['no such choice', 'origin: dead\n', ['config.yaml:1:9: origin: found "dead"', /one of live, samples/]],
  [
    'an address block that is none',
    'fetch: { allow: [127.0.0.1/33] }\n',
    ['config.yaml:1:18: fetch.allow.0: found "127.0.0.1/33"', /127\.0\.0\.1\/32/],
  ],
  [
    'a source without an id',
    'sources:\n  - url: https://a.example/\n',
    ['config.yaml:2:5: sources.0.id: found nothing', /lower-case/],
  ],
  [
    'an id that is none',
    'sources:\n  - { id: Harbour, url: "https://a.example/" }\n',
    ['config.yaml:2:11: sources.0.id: found "Harbour"', /lower-case letters, digits and hyphens/],
  ],
  [
    'one id twice',
    'sources:\n  - { id: a, url: "https://a.example/" }\n  - { id: a, url: "https://b.example/" }\n',
    ['config.yaml:3:11: found the source id a a second time', /first in config\.yaml/, /allowed: one/],
  ],
  [
    'the id of a folder in the list, too',
    {
      files: {
        ...source('sample: sample.xml\n').files,
        'config.yaml': 'feeds: feeds\nsources:\n  - { id: harbour, url: "https://a.example/" }\n',
      },
    },
    ['config.yaml:3:11: found the source id harbour a second time', /first in feeds\/harbour\/source\.yaml/],
  ],
  [
    'a source with nothing to read',
    'sources:\n  - id: a\n',
    ['config.yaml:2:5: url: found neither a url nor a sample'],
  ],
  [
    'a sample that is not there',
    source('sample: other.xml\n'),
    ['feeds/harbour/source.yaml:1:9: sample: found "other.xml"', /no such file/, /beside source\.yaml/],
  ],
  [
    'an unknown format',
    source('sample: sample.xml\nformat: newsml\n'),
    [
      'feeds/harbour/source.yaml:2:9: format: found "newsml"',
      /auto, markdown-digest, tag-page, stripped-rss, telegraph/,
    ],
  ],
  [
    'an unknown key of a source',
    source('sample: sample.xml\ntopic: ai\n'),
    ['feeds/harbour/source.yaml:2:1: found the unknown key topic', /topics/],
  ],
  [
    'a zone that is none',
    source('sample: sample.xml\ntimezone: Asia/Atlantis\n'),
    ['feeds/harbour/source.yaml:2:11: timezone: found "Asia/Atlantis"', /Asia\/Shanghai/],
  ],
  [
    'a schedule that is none',
    source('sample: sample.xml\nevery: "61 * * * *"\n'),
    ['feeds/harbour/source.yaml:2:8: every: found "61 * * * *"', /cron expression of 5 or 6 fields/, /90s/],
  ],
  [
    'a schedule that never comes',
    source('sample: sample.xml\nevery: "0 0 30 2 *"\n'),
    ['feeds/harbour/source.yaml:2:8: every:'],
  ],
  [
    'a share above one',
    source('sample: sample.xml\nexpect: { timed: 100 }\n'),
    ['feeds/harbour/source.yaml:2:18: expect.timed: found 100', /from 0 to 1/],
  ],
  [
    'another scheme',
    source('url: ftp://a.example/\n'),
    ['feeds/harbour/source.yaml:1:6: url: found "ftp://a.example/"', /http or https URL, file:/],
  ],
  ['a relative URL', source('url: /feed.xml\n'), ['feeds/harbour/source.yaml:1:6: url: found "/feed.xml"']],
  [
    'credentials in a URL',
    source('url: https://me:secret@a.example/\n'),
    ['feeds/harbour/source.yaml:1:6: url: found a URL with a user and password', /headers/],
  ],
  [
    'a folder without a source.yaml',
    { files: { 'config.yaml': 'feeds: feeds\n', 'feeds/harbour/sample.xml': '' } },
    ['feeds/harbour/source.yaml: there is no such file'],
  ],
  [
    'a folder whose name is no id',
    {
      files: {
        'config.yaml': 'feeds: feeds\n',
        'feeds/Harbour News/source.yaml': 'url: https://a.example/\n',
      },
    },
    ['feeds/Harbour News/source.yaml: found the folder name Harbour News', /lower-case/],
  ],
  [
    'a feeds folder that is not there',
    'site: {}\nfeeds: ../nowhere-at-all\n',
    ['config.yaml:2:8: feeds: found', /cannot be listed/, /a folder/],
  ],
  ['topics that are not there', 'topics: ./topics.yaml\n', ['topics.yaml: there is no such file']],
  [
    'topics that are no list',
    { files: { 'config.yaml': 'topics: topics.yaml\n', 'topics.yaml': 'ai: 人工智能\n' } },
    ['topics.yaml:1:1: found a mapping', /a list of topics/],
  ],
  [
    'one topic twice',
    {
      files: {
        'config.yaml': 'topics: topics.yaml\n',
        'topics.yaml': '- { id: ai, title: 一 }\n- { id: ai, title: 二 }\n',
      },
    },
    ['topics.yaml:2:9: found the topic ai a second time'],
  ],
  [
    'a topic of a source that is not there',
    {
      files: {
        'config.yaml':
          'topics: topics.yaml\nsources:\n  - id: a\n    url: https://a.example/\n    topics: [ai, chips]\n',
        'topics.yaml': '- { id: ai, title: 一 }\n',
      },
    },
    ['config.yaml:5:18: source a: found the topic chips', /allowed: one of ai/],
  ],
  ['what is no YAML', 'site: @x\n', ['config.yaml:1:7: not YAML']],
  ['a key twice', 'origin: live\norigin: samples\n', ['config.yaml:2:1: not YAML', /unique/]],
  [
    'a variable that is not set',
    'site:\n  title: ${NOBODY_SET_THIS}\n',
    ['config.yaml:2:10: found ${NOBODY_SET_THIS}', /the environment has no NOBODY_SET_THIS/, /default/],
  ],
  [
    'two things at once',
    'site: { title: 1 }\nserver: { port: -1 }\n',
    ['config.yaml:1:16: site.title'],
    ['config.yaml:2:17: server.port'],
  ],
];

describe('a configuration is refused for', () => {
  const named = cases.map(([what, given, ...expected]) => ({ what, given, expected }));

  test.each(named)('$what', async ({ given, expected }) => {
    const found = await problemsOf(given);
    expect(found).toHaveLength(expected.length);
    for (const [at, [beginning, ...names]] of expected.entries()) {
      expect(found[at]?.slice(0, beginning.length)).toBe(beginning);
      for (const name of names) expect(found[at]).toMatch(name);
    }
  });

  test('not being there', async () => {
    expect(await problemsOf({ files: { 'other.yaml': '' } })).toEqual(['config.yaml: there is no such file']);
  });
});

describe('a value from the environment is refused', () => {
  test('under the name of its variable', async () => {
    const problems = await problemsOf({
      files: { 'config.yaml': 'site: {}\n' },
      environment: { PORT: 'eighty' },
    });
    expect(problems).toEqual([
      'environment variable PORT: server.port: found "eighty"; allowed: a whole number from 0 to 65535',
    ]);
  });
});

describe('no secret is told', () => {
  const secrets: readonly (readonly [string, string | Setting])[] = [
    [
      'a header',
      'sources:\n  - { id: a, url: "https://a.example/", headers: { Authorization: [hunter2] } }\n',
    ],
    ['headers that are no mapping', 'sources:\n  - { id: a, url: "https://a.example/", headers: hunter2 }\n'],
    ['the admin token', 'server: { adminToken: [hunter2] }\n'],
    ['sources that are no list', 'sources: { id: a, headers: { Authorization: hunter2 } }\n'],
    ['a server that is no mapping', 'server: [{ adminToken: hunter2 }]\n'],
    [
      'the token in the environment',
      { files: { 'config.yaml': 'server: 1\n' }, environment: { TRIBUTARY_ADMIN_TOKEN: 'hunter2' } },
    ],
  ];

  test.each(secrets)('that is %s', async (_, given) => {
    const problems = await problemsOf(given);
    expect(problems).not.toEqual([]);
    expect(problems.join('\n')).not.toContain('hunter2');
  });
});

test('a problem is one line: the part, the place, what was found and what is allowed', () => {
  expect(formatProblem({ file: 'config/a.yaml', line: 4, column: 9, message: 'found 1; allowed: 2' })).toBe(
    'config: config/a.yaml:4:9: found 1; allowed: 2',
  );
  expect(formatProblem({ file: 'config/a.yaml', message: 'there is no such file' })).toBe(
    'config: config/a.yaml: there is no such file',
  );
});

test.each(['__proto__', 'constructor', 'toString'])('%s is an unknown key like any other', async (key) => {
  expect(await problemsOf(`${key}: { port: 1 }\n`)).toMatchObject([
    expect.stringContaining(`config.yaml:1:1: found the unknown key ${key}`),
  ]);
});
