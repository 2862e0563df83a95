import { foldSpace } from '../../text/space.ts';

/** 本文来自华尔街见闻，欢迎下载APP查看更多: for a document of one item, which shows no repetition. */
const invitation = /^本文来自.{1,40}APP查看更多[。!]?$/;

/** In how many of the items the same last paragraph is no accident. */
const nearlyAll = 0.8;

/** Tells the paragraph that a site puts under each of its articles from the last words of one of them. */
export function boilerplateTest(texts: readonly (readonly string[])[]): (paragraph: string) => boolean {
  const counts = new Map<string, number>();
  for (const paragraphs of texts) {
    const last = folded(paragraphs.at(-1) ?? '');
    if (last !== '') counts.set(last, (counts.get(last) ?? 0) + 1);
  }
  const [common, count] = [...counts].reduce<[string, number]>((a, b) => (b[1] > a[1] ? b : a), ['', 0]);
  const repeated = count > 1 && count >= nearlyAll * texts.length ? common : undefined;
  return (paragraph) => {
    const text = folded(paragraph);
    return text === repeated || invitation.test(text);
  };
}

function folded(text: string): string {
  return foldSpace(text.normalize('NFKC'));
}
