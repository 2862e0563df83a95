import { describe, expect, test } from 'vitest';
import { child, childrenOf, textOf, type XmlElement } from '../../../src/parse/xml/element.ts';
import { readXml } from '../../../src/parse/xml/read-xml.ts';

/** The tree as text, by canonical names, so that a test shows at a glance what was read. */
function outline(element: XmlElement | undefined): string {
  if (element === undefined) return '';
  const attributes = [...element.attributes].map(([name, value]) => ` ${name}=${value}`).join('');
  const inner = element.children.map((node) =>
    typeof node === 'string' ? JSON.stringify(node) : outline(node),
  );
  return `${element.name}${attributes}(${inner.join(' ')})`;
}

function read(source: string): { tree: string; problems: string[] } {
  const { root, problems } = readXml(source);
  return { tree: outline(root), problems: problems.map(({ code }) => code) };
}

describe('well-formed documents', () => {
  test('elements, attributes and text keep their order', () => {
    expect(read('<rss a="1"><channel>x<b y=\'2\'/>z</channel></rss>')).toEqual({
      tree: 'rss a=1(channel("x" b y=2() "z"))',
      problems: [],
    });
  });

  test('white space between the elements of containers is dropped, in texts it stays', () => {
    expect(read('<rss>\n <channel>\n  <title> a <b>x</b> </title>\n</channel></rss>').tree).toBe(
      'rss(channel(title(" a " b("x") " ")))',
    );
  });

  test('references are decoded once in text and attributes, never in CDATA', () => {
    expect(read('<rss a="&lt;&amp;lt;">&#65;&amp;amp;&eacute;&nope;<![CDATA[&amp;]]></rss>').tree).toBe(
      'rss a=<&lt;("A&amp;é&nope;" "&amp;")',
    );
  });

  test('comments, instructions and a DOCTYPE leave nothing', () => {
    expect(
      read(
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "<b>"> ]><!-- <x> --><rss>a<!-- - -->b<?p x?></rss>',
      ),
    ).toEqual({
      tree: 'rss("a" "b")',
      problems: [],
    });
  });

  test('a > in an attribute does not end the tag', () => {
    expect(read('<rss a="1 > 0"><b/></rss>').tree).toBe('rss a=1 > 0(b())');
  });
});

describe('namespaces', () => {
  test('the URI counts, not the prefix', () => {
    expect(
      read(
        '<rss xmlns:a="http://purl.org/dc/elements/1.1/" xmlns:dc="http://x.example/"><a:date/><dc:date/></rss>',
      ).tree,
    ).toContain('dc:date() ?dc:date()');
  });

  test('bindings end with their element', () => {
    const tree = read('<rss><a xmlns:m="http://search.yahoo.com/mrss/"><m:x/></a><m:x/></rss>').tree;
    expect(tree).toContain('media:x()');
    expect(tree).toContain('?m:x()');
  });

  test('a default namespace holds for what is inside', () => {
    expect(
      read(
        '<feed xmlns="http://www.w3.org/2005/Atom"><div xmlns="http://www.w3.org/1999/xhtml"><p/></div><id/></feed>',
      ).tree,
    ).toMatch(/^atom:feed.*\(xhtml:div.*\(xhtml:p\(\)\) atom:id\(\)\)$/);
  });

  test('names are case-insensitive', () => {
    expect(read('<RSS><PubDate/><DC:Creator/></RSS>').tree).toBe('rss(pubdate() dc:creator())');
  });
});

describe('repairs', () => {
  test.each([
    ['an end tag that closes nothing', '<rss><a></b></a></rss>', 'rss(a())', 'unexpected-end-tag'],
    ['an element left open', '<rss><a><b></a><c/></rss>', 'rss(a(b()) c())', 'unclosed-element'],
    ['an end tag in other case', '<rss><Title>x</title></rss>', 'rss(title("x"))', undefined],
    ['a tag cut off by the next', '<rss><a x="1" <b/></a></rss>', 'rss(a x=1(b()))', 'malformed-tag'],
    ['an address in angle brackets', '<rss>A <a@b.example></rss>', 'rss("A <a@b.example>")', 'stray-bracket'],
    [
      'a URL in angle brackets',
      '<rss><http://b.example/></rss>',
      'rss("<http://b.example/>")',
      'stray-bracket',
    ],
    ['a bracket in text', '<rss>1 < 2</rss>', 'rss("1 < 2")', 'stray-bracket'],
    [
      'an item in an item',
      '<rss><item><title>a<item>b</item></rss>',
      'rss(item(title("a")) item("b"))',
      'unclosed-element',
    ],
    [
      'a field in a title',
      '<rss><title>a<link>b</link></rss>',
      'rss(title("a") link("b"))',
      'unclosed-element',
    ],
    ['a document that breaks off', '<rss><a>x', 'rss(a("x"))', 'truncated'],
    ['a comment left open', '<rss>a<!-- b > c</rss>', 'rss("a" " c")', 'unclosed-comment'],
    ['junk before the root', 'x<br/>y<rss>a</rss>', 'rss("a")', 'junk-outside-root'],
  ])('%s', (_, source, tree, problem) => {
    expect(read(source)).toEqual({ tree, problems: problem === undefined ? [] : [problem] });
  });

  test('say where they were made', () => {
    const source = '<rss>\n<a>\n</b>\n</a></rss>';
    const [problem] = readXml(source).problems;
    expect(source.slice(problem?.offset, (problem?.offset ?? 0) + 4)).toBe('</b>');
  });

  test('of one kind are named ten times', () => {
    expect(read(`<rss>${'</x>'.repeat(50)}</rss>`).problems).toHaveLength(10);
  });
});

describe('bounds', () => {
  test('elements nest 256 deep; deeper text stays', () => {
    const { root, problems } = readXml(`<rss>${'<b>'.repeat(5000)}deep`);
    let depth = 0;
    for (let at = root; at !== undefined; at = child(at, 'b')) depth++;
    expect(depth).toBe(256);
    expect(root && textOf(root)).toBe('deep');
    expect(problems.map(({ code }) => code)).toContain('too-deep');
  });

  test('an element has 256 attributes', () => {
    const many = Array.from({ length: 1000 }, (_, i) => `a${i}="x"`).join(' ');
    expect(readXml(`<rss ${many}/>`).root?.attributes.size).toBe(256);
  });

  test('items behind unclosed markup without end are still found', () => {
    const { root } = readXml(`<rss><item><title>${'<b>'.repeat(1000)}</title></item><item/></rss>`);
    expect(root && childrenOf(root, ['item'])).toHaveLength(2);
  });
});
