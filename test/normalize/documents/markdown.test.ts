import { describe, expect, test } from 'vitest';
import { renderInline } from '../../../src/normalize/documents/markdown-inline.ts';
import { renderMarkdown } from '../../../src/normalize/documents/markdown.ts';

describe('running text', () => {
  test.each([
    ['**要点** ：正文', '<strong>要点</strong> ：正文'],
    // CommonMark would leave these open: its rule wants a space beside the punctuation inside.
    ['他说**“开门。”**然后走了', '他说<strong>“开门。”</strong>然后走了'],
    ['（壳）**。**', '（壳）<strong>。</strong>'],
    ['一 ** 二', '一 ** 二'],
    ['**没有结尾', '**没有结尾'],
    ['*ST云杉：复产；*ST星桥：停产', '*ST云杉：复产；*ST星桥：停产'],
    ['*强调* 与 _强调_', '<em>强调</em> 与 <em>强调</em>'],
    ['snake_case_name', 'snake_case_name'],
    ['**粗 *斜* 粗**', '<strong>粗 <em>斜</em> 粗</strong>'],
    ['`a **b** <c>`', '<code>a **b** &lt;c&gt;</code>'],
    ['一\n二', '一<br>二'],
    ['1\\. 甲 \\* 乙', '1. 甲 * 乙'],
    ['a < b & c', 'a &lt; b &amp; c'],
    ['R&amp;D &lt;b&gt;', 'R&amp;D &lt;b&gt;'],
    ['<b onclick="x">粗</b>', '&lt;b onclick="x"&gt;粗&lt;/b&gt;'],
    ['约20%~30%，15%~20%', '约20%~30%，15%~20%'],
  ])('%s', (markdown, html) => {
    expect(renderInline(markdown)).toBe(html);
  });

  test.each([
    ['[甲](https://example.org/a)', '<a href="https://example.org/a">甲</a>'],
    [
      '[**甲**](https://example.org/a?b=1&c=2 "题")',
      '<a href="https://example.org/a?b=1&amp;c=2"><strong>甲</strong></a>',
    ],
    ['[甲](https://example.org/a_(b))。', '<a href="https://example.org/a_(b)">甲</a>。'],
    ['（https://example.org/marlin)。', '（https://example.org/marlin)。'],
    ['[甲](https://example.org/marlin))。', '<a href="https://example.org/marlin">甲</a>)。'],
    ['[甲] [乙', '[甲] [乙'],
    ['[甲]()', '甲'],
    ['![图\u201c一\u201d](https://example.org/a.png)', '<img src="https://example.org/a.png" alt="图“一”">'],
    [
      '![](https://example.org/a@1_oswg575?x=1,2)',
      '<img src="https://example.org/a@1_oswg575?x=1,2" alt="">',
    ],
    [
      '[![甲](https://example.org/a.png)](https://example.org/)',
      '<a href="https://example.org/"><img src="https://example.org/a.png" alt="甲"></a>',
    ],
    ['[甲](https://example.org/"onclick="x)', '<a href="https://example.org/&quot;onclick=&quot;x">甲</a>'],
  ])('%s', (markdown, html) => {
    expect(renderInline(markdown)).toBe(html);
  });
});

describe('blocks', () => {
  test.each([
    ['甲\n\n乙', '<p>甲</p><p>乙</p>'],
    ['## **节：**\n正文', '<h2><strong>节：</strong></h2><p>正文</p>'],
    ['### **01 总是**', '<h3><strong>01 总是</strong></h3>'],
    ['#标签 不是标题', '<p>#标签 不是标题</p>'],
    ['  * 一\n  * 二\n\n\n\n正文', '<ul><li>一</li><li>二</li></ul><p>正文</p>'],
    ['  * 一\n\n  * 二', '<ul><li>一</li><li>二</li></ul>'],
    ['  1. 一\n  2. 二', '<ol><li>一</li><li>二</li></ol>'],
    ['  3. 三\n  4. 四', '<ol start="3"><li>三</li><li>四</li></ol>'],
    ['  * 一\n    * 里\n  * 二', '<ul><li>一<ul><li>里</li></ul></li><li>二</li></ul>'],
    ['  * 一\n  1. 二', '<ul><li>一</li></ul><ol><li>二</li></ol>'],
    ['  * 一\n还是一', '<ul><li>一<br>还是一</li></ul>'],
    ['> 引\n> 文\n>> 深\n\n正文', '<blockquote><p>引<br>文<br>深</p></blockquote><p>正文</p>'],
    ['甲\n\n* * *\n\n乙', '<p>甲</p><hr><p>乙</p>'],
    ['```\na < b\n\n**c**\n```', '<pre><code>a &lt; b\n\n**c**</code></pre>'],
    ['```\n没有结尾', '<pre><code>没有结尾</code></pre>'],
    ['', ''],
  ])('%j', (markdown, html) => {
    expect(renderMarkdown(markdown)).toBe(html);
  });

  test('lists nest no deeper than a bound', () => {
    const markdown = Array.from({ length: 500 }, (_, depth) => `${'  '.repeat(depth)}* ${depth}`).join('\n');
    const html = renderMarkdown(markdown);
    expect(html.match(/<ul>/g)).toHaveLength(8);
    expect(html.match(/<li>/g)).toHaveLength(500);
  });

  test.each(['[', '![', '*a ', '_a*', '**a', '`', '> ', '* ', '[a](', '[a](b "', '***', '\n  * a'])(
    'a long run of %j is read without trouble',
    (run) => {
      const html = renderMarkdown(run.repeat(20_000));
      expect(html.length).toBeLessThan(run.length * 20_000 * 8);
    },
  );
});
