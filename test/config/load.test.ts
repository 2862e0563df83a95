import { describe, expect, test } from 'vitest';
import { join } from 'node:path';
import { configPath } from '../../src/config/load.ts';
import { load, problemsOf } from './files.ts';

describe('an empty configuration', () => {
  test('has the defaults that the contract names', async () => {
    await using loaded = await load('');
    const { config } = loaded;
    expect(config.site).toEqual({ title: 'Tributary', language: 'zh' });
    expect(config.server).toEqual({ host: '127.0.0.1', port: 8080, readers: {}, trustProxy: false });
    expect(config.store).toEqual({ kind: 'sqlite', path: './data/tributary.db' });
    expect(config.sources).toEqual([]);
    expect(config.topics).toEqual([]);
    expect(config.fetch).toMatchObject({
      timeoutMs: 30_000,
      maxBytes: 10_485_760,
      concurrency: 16,
      perHost: 1,
      minIntervalMs: 60_000,
      maxIntervalMs: 86_400_000,
      allow: [],
    });
    expect(config.dedupe).toMatchObject({ windowMs: 48 * 3_600_000, minKeyLength: 8, keyVersion: 1 });
    expect(config.publish).toMatchObject({
      entries: 50,
      hours: 24,
      maxEntries: 500,
      content: 'full',
      maxContentBytes: 65_536,
      promo: false,
    });
    expect(config.retain).toEqual({ days: 90, items: 1_000_000 });
  });

  test('is one of comments, too', async () => {
    await using loaded = await load('# nothing is said\n');
    expect(loaded.config.site.title).toBe('Tributary');
  });
});

describe('a source', () => {
  test('has the defaults that the contract names', async () => {
    await using loaded = await load('sources:\n  - { id: a, url: "https://a.example/feed" }\n');
    expect(loaded.config.sources).toMatchObject([
      {
        id: 'a',
        title: 'a',
        location: { kind: 'http', url: 'https://a.example/feed' },
        format: 'auto',
        timezone: 'UTC',
        enabled: true,
        headers: {},
        private: false,
        topics: [],
        columns: [],
        dedupe: 'title',
        keep: [],
        drop: [],
        explode: false,
        republish: 'full',
        expect: {},
        rank: 0,
      },
    ]);
  });

  test('has what is said of it', async () => {
    await using loaded = await load({
      files: {
        'config.yaml': `topics: topics.yaml
sources:
  - id: example
    title: Example
    url: https://example.org/feed.xml
    format: stripped-rss
    every: "*/10 * * * *"
    timezone: Asia/Shanghai
    language: zh-hans
    headers: { X-Client: tributary }
    topics: [markets]
    columns: [36氪独家, 36氪首发]
    dedupe: url
    keep: [电池]
    drop: [广告]
    explode: true
    expect: { minItems: 5, timed: 1.0, linked: 0.5 }
`,
        'topics.yaml': '- { id: markets, title: 市场 }\n',
      },
    });
    expect(loaded.config.sources).toMatchObject([
      {
        id: 'example',
        title: 'Example',
        format: 'stripped-rss',
        schedule: { kind: 'cron', expression: '*/10 * * * *' },
        timezone: 'Asia/Shanghai',
        language: 'zh-Hans',
        headers: { 'X-Client': 'tributary' },
        private: false,
        topics: ['markets'],
        columns: ['36氪独家', '36氪首发'],
        dedupe: 'url',
        keep: ['电池'],
        drop: ['广告'],
        explode: true,
        expect: { minItems: 5, timed: 1, linked: 0.5 },
      },
    ]);
  });

  test.each([
    ['90s', { kind: 'interval', everyMs: 90_000 }],
    ['10m', { kind: 'interval', everyMs: 600_000 }],
    ['2h', { kind: 'interval', everyMs: 7_200_000 }],
    ['*/15 6-23 * * *', { kind: 'cron', expression: '*/15 6-23 * * *' }],
    ['30 */5 * * * *', { kind: 'cron', expression: '30 */5 * * * *' }],
  ])('is polled every %s', async (every, schedule) => {
    await using loaded = await load(
      `sources:\n  - { id: a, url: "https://a.example/", every: "${every}" }\n`,
    );
    expect(loaded.config.sources[0]?.schedule).toEqual(schedule);
  });

  test('of a telegraph has its times in Shanghai, unless it says otherwise', async () => {
    await using loaded = await load(`sources:
  - { id: a, url: "https://a.example/", format: telegraph }
  - { id: b, url: "https://b.example/", format: telegraph, timezone: Asia/Tokyo }
`);
    expect(loaded.config.sources.map(({ timezone }) => timezone)).toEqual(['Asia/Shanghai', 'Asia/Tokyo']);
  });

  test.each([
    ['{ Authorization: Bearer x }', true],
    ['{ cookie: a=b }', true],
    ['{ X-Api-Key: x }', true],
    ['{ X-Auth-Token: x }', true],
    ['{ Accept-Language: zh }', false],
  ])('with the headers %s is private: %s', async (headers, isPrivate) => {
    await using loaded = await load(
      `sources:\n  - { id: a, url: "https://a.example/", headers: ${headers} }\n`,
    );
    expect(loaded.config.sources[0]?.private).toBe(isPrivate);
  });

  test('whose URL is a key itself is private', async () => {
    await using loaded = await load(`sources:
  - { id: a, url: "https://a.example/feed?token=SECRET" }
  - { id: b, url: "https://b.example/feed?page=2" }
  - { id: c, url: "https://c.example/feed?token=SECRET", private: false }
`);
    expect(loaded.config.sources.map((source) => source.private)).toEqual([true, false, false]);
  });

  test('with credentials is public where it says so', async () => {
    await using loaded = await load(
      'sources:\n  - { id: a, url: "https://a.example/", private: false, headers: { Authorization: x } }\n',
    );
    expect(loaded.config.sources[0]?.private).toBe(false);
  });

  test('that is not enabled is a source all the same', async () => {
    await using loaded = await load('sources:\n  - { id: a, url: "https://a.example/", enabled: false }\n');
    expect(loaded.config.sources).toMatchObject([{ id: 'a', enabled: false }]);
  });

  test('ranks by its place: the folder’s by name first, then the list in its order', async () => {
    await using loaded = await load({
      files: {
        'config.yaml':
          'feeds: feeds\nsources:\n  - { id: z, url: "https://z.example/" }\n  - { id: a, url: "https://a.example/" }\n',
        'feeds/two/source.yaml': 'url: https://two.example/\n',
        'feeds/one/source.yaml': 'url: https://one.example/\n',
        'feeds/.hidden/source.yaml': 'nonsense: true\n',
        'feeds/README.md': 'not a folder',
      },
    });
    expect(loaded.config.sources.map(({ id, rank }) => [id, rank])).toEqual([
      ['one', 0],
      ['two', 1],
      ['z', 2],
      ['a', 3],
    ]);
  });
});

describe('where a document is read from', () => {
  const files = (url: string, origin = 'live') => ({
    files: {
      'config/config.yaml': '',
      'config.yaml': `feeds: feeds\norigin: ${origin}\n`,
      'feeds/harbour/source.yaml': `${url === '' ? '' : `url: ${url}\n`}sample: sample.xml\n`,
      'feeds/harbour/sample.xml': '<rss/>',
      'feeds/remote/source.yaml': 'url: https://remote.example/\n',
    },
  });

  test('is the URL under `live`, and the sample under `samples`', async () => {
    await using live = await load(files('https://harbour.example/feed'));
    expect(live.config.sources.map(({ location }) => location)).toEqual([
      { kind: 'http', url: 'https://harbour.example/feed' },
      { kind: 'http', url: 'https://remote.example/' },
    ]);
    await using samples = await load(files('https://harbour.example/feed', 'samples'));
    const folder = join(samples.folder, 'feeds', 'harbour');
    expect(samples.config.sources.map(({ location }) => location)).toEqual([
      { kind: 'file', path: join(folder, 'sample.xml'), roots: [folder] },
    ]);
  });

  test('without a URL is there under `samples` only', async () => {
    await using live = await load(files(''));
    expect(live.config.sources.map(({ id }) => id)).toEqual(['remote']);
    await using samples = await load(files('', 'samples'));
    expect(samples.config.sources.map(({ id }) => id)).toEqual(['harbour']);
  });

  test('is a file beside the configuration or below the feeds folder', async () => {
    await using loaded = await load(files('file:documents/today.xml'));
    const [source] = loaded.config.sources;
    expect(source?.location).toEqual({
      kind: 'file',
      path: join(loaded.folder, 'feeds', 'harbour', 'documents', 'today.xml'),
      roots: [loaded.folder, join(loaded.folder, 'feeds')],
    });
  });

  test('is any file that the configuration itself names by its absolute path', async () => {
    await using loaded = await load(`sources:
  - { id: a, url: "file:/srv/news/today.md" }
  - { id: b, url: "file:///srv/news/today.md" }
`);
    for (const { location } of loaded.config.sources) {
      expect(location).toEqual({
        kind: 'file',
        path: '/srv/news/today.md',
        roots: [loaded.folder, '/srv/news/today.md'],
      });
    }
  });

  test('is not allowed by a source folder that names it', async () => {
    await using loaded = await load(files('file:/srv/news/today.md'));
    const location = loaded.config.sources[0]?.location;
    expect(location).toMatchObject({ kind: 'file', path: '/srv/news/today.md' });
    expect(location).not.toMatchObject({ roots: expect.arrayContaining(['/srv/news/today.md']) as unknown });
  });
});

test('the server may ask readers for passwords, limit them, and believe proxies', async () => {
  await using loaded = await load({
    files: {
      'config.yaml': `server:
  readers: { alice: "\${ALICE}", 李江: "correct horse" }
  rateLimit: { requests: 300 }
  trustProxy: [10.0.0.0/8]
`,
    },
    environment: { ALICE: '12345' },
  });
  expect(loaded.config.server).toMatchObject({
    readers: { alice: '12345', 李江: 'correct horse' },
    rateLimit: { requests: 300, perMs: 60_000 },
    trustProxy: ['10.0.0.0/8'],
  });
});

describe('the environment', () => {
  test('is named inside of texts', async () => {
    await using loaded = await load({
      files: {
        'config.yaml':
          'site: { title: "新闻 ${CITY} ${CITY}", url: "https://${HOST_NAME:-news.example.org}/" }\n',
      },
      environment: { CITY: '海港' },
    });
    expect(loaded.config.site).toMatchObject({ title: '新闻 海港 海港', url: 'https://news.example.org' });
  });

  test('goes before a default, unless it is empty', async () => {
    const files = { 'config.yaml': 'site: { title: "${TITLE:-无题}" }\n' };
    for (const [environment, title] of [
      [{ TITLE: '新闻' }, '新闻'],
      [{ TITLE: '' }, '无题'],
      [{}, '无题'],
    ] as const) {
      await using loaded = await load({ files, environment });
      expect(loaded.config.site.title).toBe(title);
    }
  });

  test('may give a number or a flag', async () => {
    await using loaded = await load({
      files: { 'config.yaml': 'server:\n  port: ${A_PORT}\npublish:\n  promo: ${PROMO:-true}\n' },
      environment: { A_PORT: '9000' },
    });
    expect(loaded.config.server.port).toBe(9000);
    expect(loaded.config.publish.promo).toBe(true);
  });

  test.each([
    'x\nserver: { port: 1 }',
    '{ evil: true }',
    '"quoted"',
    "it's",
    '# comment',
    '${CITY}',
    '&a *a',
    '- 1',
  ])('cannot inject YAML: %j', async (value) => {
    await using loaded = await load({
      files: { 'config.yaml': 'site:\n  title: ${TITLE}\nserver: { port: 9000 }\n' },
      environment: { TITLE: value, CITY: '海港' },
    });
    expect(loaded.config.site.title).toBe(value);
    expect(loaded.config.server.port).toBe(9000);
  });

  test('leaves lines and columns true', async () => {
    const problems = await problemsOf({
      files: { 'config.yaml': 'site:\n  title: ${TITLE}\nserver: { port: x }\n' },
      environment: { TITLE: 'a\nb\nc' },
    });
    expect(problems).toMatchObject([expect.stringMatching(/^config\.yaml:3:17: server\.port/)]);
  });

  test('is not asked for what is no name', async () => {
    await using loaded = await load('site: { title: "$5 ${5} ${} $CITY {}" }\n');
    expect(loaded.config.site.title).toBe('$5 ${5} ${} $CITY {}');
  });

  test('overrides the file', async () => {
    await using loaded = await load({
      files: {
        'config.yaml':
          'site: { url: "https://old.example" }\nserver: { host: "::1", port: 1 }\nstore: { url: "sqlite:old.db" }\n',
      },
      environment: {
        HOST: '0.0.0.0',
        PORT: '9000',
        PUBLIC_URL: 'https://new.example/',
        DATABASE_URL: 'sqlite:/srv/new.db',
        TRIBUTARY_ADMIN_TOKEN: '123456',
        LOG_LEVEL: 'debug',
      },
    });
    const { site, server, store, logLevel } = loaded.config;
    expect(site.url).toBe('https://new.example');
    expect(server).toMatchObject({ host: '0.0.0.0', port: 9000, adminToken: '123456' });
    expect(store.path).toBe('/srv/new.db');
    expect(logLevel).toBe('debug');
  });

  test('overrides nothing where it is empty, and needs no section in the file', async () => {
    const environment = {
      HOST: '',
      PORT: '',
      PUBLIC_URL: '',
      DATABASE_URL: '',
      TRIBUTARY_ADMIN_TOKEN: '',
      LOG_LEVEL: '',
    };
    await using empty = await load({ files: { 'config.yaml': 'server: { port: 9000 }\n' }, environment });
    expect(empty.config.server).toMatchObject({ host: '127.0.0.1', port: 9000 });
    expect(empty.config.server).not.toHaveProperty('adminToken');
    await using bare = await load({ files: { 'config.yaml': 'server:\n' }, environment: { PORT: '9001' } });
    expect(bare.config.server.port).toBe(9001);
  });

  test('names the configuration', () => {
    expect(configPath({})).toBe('config/tributary.yaml');
    expect(configPath({ TRIBUTARY_CONFIG: '' })).toBe('config/tributary.yaml');
    expect(configPath({ TRIBUTARY_CONFIG: '/etc/tributary.yaml' })).toBe('/etc/tributary.yaml');
  });
});

describe('topics', () => {
  test('are read from the file that is named, with empty lists for what is left out', async () => {
    await using loaded = await load({
      files: {
        'config.yaml': 'topics: lists/topics.yaml\n',
        'lists/topics.yaml': '- id: ai\n  title: 人工智能\n  any: [大模型, "/gpt-\\\\d/"]\n',
      },
    });
    expect(loaded.config.topics).toEqual([
      {
        id: 'ai',
        title: '人工智能',
        any: ['大模型', '/gpt-\\d/'],
        strong: [],
        all: [],
        none: [],
        sources: [],
        examples: [],
        counterexamples: [],
      },
    ]);
    expect(loaded.config.topicsFile).toBe(join(loaded.folder, 'lists', 'topics.yaml'));
  });
});
