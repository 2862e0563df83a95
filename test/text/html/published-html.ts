import { Parser } from 'htmlparser2';
import { expect } from 'vitest';

const tags = new Set(
  (
    'a abbr acronym address area article aside audio b bdi bdo big blockquote br caption center cite code col colgroup ' +
    'dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main ' +
    'map mark nav ol p picture pre q rb rp rt rtc ruby s samp section small source span strike strong sub summary ' +
    'sup table tbody td tfoot th thead time tr track tt u ul var video wbr'
  ).split(' '),
);
const urlAttributes = new Set(['href', 'src', 'cite', 'poster']);
const attributes = new Set(
  (
    'href src cite poster srcset sizes title lang dir alt width height datetime colspan rowspan headers scope abbr span ' +
    'start reversed value type controls preload loop muted kind srclang label open media shape coords rel referrerpolicy'
  ).split(' '),
);
const voids = new Set(['area', 'br', 'col', 'hr', 'img', 'source', 'track', 'wbr']);

/** Reads published HTML with a parser that the sanitizer has no part in, and looks at all that it finds. */
export function expectPublishable(html: string): void {
  const refuse = (what: string) => () => expect.fail(`${what} in ${html}`);
  const parser = new Parser({
    onopentag(name, values) {
      expect(tags).toContain(name);
      for (const [attribute, value] of Object.entries(values)) {
        expect(attributes).toContain(attribute);
        if (urlAttributes.has(attribute)) expect(value).toMatch(/^(?:https?:\/\/[^\s<>"]+|mailto:[^\s]*)$/i);
        if (attribute === 'srcset') {
          for (const candidate of value.split(', '))
            expect(candidate).toMatch(/^https?:\/\/[^\s]+(?: [\d.]+[xwh])?$/i);
        }
      }
      if (name === 'a') {
        expect(values).toHaveProperty('href');
        expect(values).toHaveProperty('rel', 'noopener noreferrer');
      }
      if (name === 'img') {
        expect(values).toHaveProperty('src');
        expect(values).toHaveProperty('referrerpolicy', 'no-referrer');
      }
    },
    oncomment: refuse('a comment'),
    onprocessinginstruction: refuse('an instruction'),
  });
  parser.end(html);
  expectBalanced(html);
}

/** Every element closed, in order; values hold no brackets, so that tags can be cut out plainly. */
function expectBalanced(html: string): void {
  const open: string[] = [];
  for (const [tag, slash, name = ''] of html.matchAll(/<(\/?)([a-z0-9]*)[^<>]*>/g)) {
    if (slash !== '') expect([tag, open.pop()]).toEqual([`</${name}>`, name]);
    else if (!voids.has(name)) open.push(name);
  }
  expect(open).toEqual([]);
  expect(html.replace(/<[^<>]*>/g, '')).not.toMatch(/[<>]/);
}
