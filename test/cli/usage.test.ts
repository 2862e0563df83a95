import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repository, temporaryFolder, tributary, type Finished } from '../support/tributary.ts';

/** The command line as people meet it: help, exit statuses, one plain sentence where something is wrong. */

const commands = ['serve', 'poll', 'parse', 'check', 'explain', 'opml', 'schema'] as const;

const demo = ['--config', join(repository, 'config', 'demo.yaml')];

/** Nothing on stdout, one line on stderr, and that no trace of the program's inside. */
function expectOneSentence({ out, err }: Finished): void {
  expect(out).toBe('');
  expect(err).toMatch(/^[^\n]{10,}\n$/);
  expect(err).not.toMatch(/\bat .*:\d+:\d+|node:|node_modules|defect|undefined|\[object/);
}

describe.concurrent('help', () => {
  test('lists the commands', async () => {
    for (const args of [[], ['--help'], ['-h'], ['help']]) {
      const { status, out, err } = await tributary(args);
      expect(status).toBe(0);
      expect(err).toBe('');
      for (const command of commands) expect(out).toMatch(new RegExp(`^ +${command} `, 'm'));
    }
  });

  test.each(commands)('of %s says how it is used', async (command) => {
    const { status, out, err } = await tributary([command, '--help']);
    expect(status).toBe(0);
    expect(err).toBe('');
    expect(out).toMatch(new RegExp(`^tributary ${command}\\b`));
  });

  test.each([
    ['serve', ['--config', '--host', '--port']],
    ['poll', ['--config', '--source', '--force']],
    ['parse', ['--format', '--content-type', '--base-url', '--timezone', '--language']],
    ['check', ['--config']],
    ['explain', ['--config']],
    ['opml', ['--config', 'import', 'export']],
  ])('of %s names its options', async (command, options) => {
    const { out } = await tributary([command, '--help']);
    for (const option of options) expect(out).toContain(option);
  });

  test('of the version is a version', async () => {
    const { status, out } = await tributary(['--version']);
    expect(status).toBe(0);
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe.concurrent('bad usage is status 2 and one sentence', () => {
  test.each([
    ['an unknown command', ['bogus']],
    ['a command of every object', ['constructor']],
    ['another', ['__proto__']],
    ['an unknown option', ['serve', '--prot', '8080']],
    ['an option without its value', ['serve', '--port']],
    ['a value where none belongs', ['poll', ...demo, '--force=yes']],
    ['an argument too many', ['serve', ...demo, 'extra']],
    ['a port that is a word', ['serve', ...demo, '--port', 'http']],
    ['a port that is too high', ['serve', ...demo, '--port', '65536']],
    ['a port below zero', ['serve', ...demo, '--port=-1']],
    ['a port with a fraction', ['serve', ...demo, '--port', '80.5']],
    ['an empty port', ['serve', ...demo, '--port', '']],
    ['a source that is unknown', ['poll', ...demo, '--source', 'nobody']],
    ['nothing to parse', ['parse']],
    ['a format that is unknown', ['parse', '--format', 'rss3', 'x.xml']],
    ['a time zone that is unknown', ['parse', '--timezone', 'Mars/Olympus', 'x.xml']],
    ['nothing to explain', ['explain', ...demo]],
    ['two things to explain', ['explain', ...demo, 'one', 'two']],
    ['opml and nothing', ['opml', ...demo]],
    ['opml and something else', ['opml', ...demo, 'convert', 'x']],
    ['opml import without a file', ['opml', ...demo, 'import']],
    ['schema of something', ['schema', 'x']],
  ])('%s', async (_, args) => {
    await using folder = await temporaryFolder();
    const finished = await tributary(args, {
      cwd: folder.path,
      env: { DATABASE_URL: `sqlite:${join(folder.path, 'news.db')}` },
    });
    expectOneSentence(finished);
    expect(finished.status).toBe(2);
  });

  test('and names what was found', async () => {
    expect((await tributary(['bogus'])).err).toContain('bogus');
    expect((await tributary(['serve', '--prot', '1'])).err).toContain('--prot');
    expect((await tributary(['serve', ...demo, '--port', '65536'])).err).toContain('65536');
  });
});

describe.concurrent('a bad configuration is status 2 and says where', () => {
  const run = async (text: string, args: readonly string[] = ['check']) => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'site.yaml');
    await writeFile(file, text);
    return { ...(await tributary([...args, '--config', file], { cwd: folder.path })), file };
  };

  test('a file that is not there', async () => {
    for (const command of ['serve', 'poll', 'check', 'explain x', 'opml export']) {
      const finished = await tributary([...command.split(' '), '--config', '/nowhere/site.yaml']);
      expectOneSentence(finished);
      expect(finished.err).toContain('/nowhere/site.yaml');
      expect(finished.status).toBe(2);
    }
  });

  test('the default file where there is none', async () => {
    await using folder = await temporaryFolder();
    const finished = await tributary(['serve'], { cwd: folder.path });
    expectOneSentence(finished);
    expect(finished.err).toContain(join('config', 'tributary.yaml'));
    expect(finished.status).toBe(2);
  });

  test.each([
    ['an unknown key', 'site:\n  title: A\n  titel: B\n', ':3:3:', 'titel'],
    ['a wrong value', 'server:\n  port: none\n', ':2:9:', 'none'],
    ['a key twice', 'site: { title: A }\nsite: { title: B }\n', ':2:', 'site'],
    ['what is no YAML', 'site:\n  title: "A\n', ':', 'site.yaml'],
    ['a source without an address', 'sources:\n  - id: a\n    title: A\n', ':', 'url'],
    ['an id that is none', 'sources:\n  - id: A B\n    url: https://a.example/\n', ':2:', 'A B'],
    ['a list', '- a\n- b\n', ':', 'site.yaml'],
  ])('%s', async (_, text, place, named) => {
    const finished = await run(text);
    expectOneSentence(finished);
    expect(finished.err).toContain(`${finished.file}${place}`);
    expect(finished.err).toContain(named);
    expect(finished.status).toBe(2);
  });

  test('several problems are several lines', async () => {
    const { status, err } = await run('site: { titel: A }\nserver: { port: none }\n');
    expect(status).toBe(2);
    expect(err.trimEnd().split('\n')).toHaveLength(2);
  });

  test('an environment variable is named where it is wrong', async () => {
    const finished = await tributary(['check', ...demo], { env: { PORT: 'eighty' } });
    expectOneSentence(finished);
    expect(finished.err).toContain('PORT');
    expect(finished.status).toBe(2);
  });

  test('a secret is not shown', async () => {
    const text =
      'sources:\n  - id: a\n    url: https://a.example/\n    headers: { Authorization: [s3cret] }\n';
    const { status, err } = await run(text);
    expect(status).toBe(2);
    expect(err).not.toContain('s3cret');
  });
});

test('a port that another program has is status 1 and one sentence', async () => {
  await using folder = await temporaryFolder();
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  try {
    const finished = await tributary(['serve', ...demo, '--port', String(port)], {
      cwd: folder.path,
      env: { DATABASE_URL: `sqlite:${join(folder.path, 'news.db')}`, LOG_LEVEL: 'silent' },
    });
    expectOneSentence(finished);
    expect(finished.err).toContain(String(port));
    expect(finished.status).toBe(1);
  } finally {
    other.close();
  }
});

describe.concurrent('schema', () => {
  test('is a JSON Schema that knows every section of the configuration', async () => {
    const { status, out, err } = await tributary(['schema']);
    expect(status).toBe(0);
    expect(err).toBe('');
    const schema = JSON.parse(out) as { $schema: string; properties: Record<string, unknown>; $defs: object };
    expect(schema.$schema).toMatch(/^https:\/\/json-schema\.org\//);
    for (const key of [
      'site',
      'server',
      'store',
      'feeds',
      'sources',
      'origin',
      'topics',
      'fetch',
      'dedupe',
      'publish',
      'retain',
    ])
      expect(schema.properties).toHaveProperty(key);
    expect(schema).toMatchObject({ additionalProperties: false });
    const source = JSON.stringify(schema.$defs);
    for (const key of ['timezone', 'columns', 'dedupe', 'explode', 'expect'])
      expect(source).toContain(`"${key}"`);
  });
});
