/** 2 to 24 characters without parentheses, after a space: any other parenthesis at the end of a text explains a word. */
const spaced = /\s\(([^()（）]{2,24})\)$/;

/** The source that a report names at its end: `… (央视新闻)`. */
export function spacedSource(text: string): string | undefined {
  const source = spaced.exec(text)?.[1]?.trim();
  return source === '' ? undefined : source;
}
