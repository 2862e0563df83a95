import { spawnSync } from 'node:child_process';
import { test } from 'vitest';

/** A program of the system that reads what we publish without knowing us. */
export interface Program {
  readonly name: string;
  readonly isInstalled: boolean;
}

/** Debian's Python, whose packages are Debian's too. */
export const python = '/usr/bin/python3';

export const xmllint = program('xmllint', 'xmllint', '--version');
export const expat = program('python3', python, '-c', 'import xml.parsers.expat');
export const feedparser = program('python3-feedparser', python, '-c', 'import feedparser');
export const html5lib = program('python3-html5lib', python, '-c', 'import html5lib');
export const newsboat = program('newsboat', 'newsboat', '--version');
export const rss2email = program('rss2email', 'r2e', '--version');

/** Programs that read a feed from their input and say how many entries it has. */
export const counters: readonly (Program & { readonly count: (feed: string) => number })[] = [
  counter('sfeed', ['sfeed'], (output) => output.trimEnd().split('\n').length),
  counter('libxml-feed-perl', [
    'perl',
    '-MXML::Feed',
    '-e',
    'local $/; my $text = <STDIN>; my $feed = XML::Feed->parse(\\$text) or die XML::Feed->errstr; print scalar $feed->entries',
  ]),
  counter('ruby-feedparser', [
    'ruby',
    '-rfeedparser',
    '-e',
    'print FeedParser::Feed.new($stdin.read.force_encoding("UTF-8")).items.length',
  ]),
];

/** A test that needs a program; where that is not installed, it is skipped and says so. */
export function testWith(needed: Program, name: string, run: () => void | Promise<void>): void {
  if (needed.isInstalled) test(name, run);
  else test.skip(`skipped: ${needed.name} is not installed (${name})`, run);
}

/** What libxml2 says against a document, nothing where it is well formed. `grammar` is a RELAX NG file. */
export function xmllintComplaints(document: string | Uint8Array, grammar?: string): string {
  const valid = grammar === undefined ? [] : ['--relaxng', grammar];
  return complaints('xmllint', ['--noout', '--nonet', ...valid, '-'], document);
}

/** What expat says against a document, nothing where it is well formed. */
export function expatComplaints(document: string | Uint8Array): string {
  const read = 'import sys, xml.parsers.expat as e; e.ParserCreate().ParseFile(sys.stdin.buffer)';
  return complaints(python, ['-c', read], document);
}

/** What html5lib says against fragments of HTML, in the strict mode in which the feed validator asks it. */
export function html5libComplaints(fragments: readonly string[]): readonly string[] {
  const read = `
import html5lib, json, sys
def complaint(fragment):
    try:
        html5lib.HTMLParser(strict=True).parseFragment(fragment)
    except html5lib.html5parser.ParseError as error:
        return [f"{error}: {fragment}"]
    return []
print(json.dumps([found for fragment in json.load(sys.stdin) for found in complaint(fragment)]))`;
  const { stdout } = spawnSync(python, ['-c', read], { input: JSON.stringify(fragments), encoding: 'utf8' });
  return JSON.parse(stdout) as readonly string[];
}

function program(name: string, command: string, ...args: readonly string[]): Program {
  return { name, isInstalled: spawnSync(command, args).status === 0 };
}

function counter(
  name: string,
  [command = '', ...args]: readonly string[],
  read: (output: string) => number = Number,
) {
  const ask = (input: string) => spawnSync(command, args, { input, encoding: 'utf8' });
  const smallest =
    '<rss version="2.0"><channel><title>a</title><item><title>b</title></item></channel></rss>';
  const count = (feed: string) => read(ask(feed).stdout);
  const { status, error } = ask(smallest);
  return { name, isInstalled: !error && status === 0, count };
}

function complaints(command: string, args: readonly string[], input: string | Uint8Array): string {
  const { status, stderr } = spawnSync(command, args, { input, encoding: 'utf8' });
  return status === 0 ? '' : stderr;
}
