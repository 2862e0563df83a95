/** The text up to its first full stop, without the stop; all of it where there is none, at most 1,024 characters. */
export function firstSentence(text: string): string {
  const start = text.trimStart().slice(0, 1024);
  const [, sentence] = /^(.+?)(?:[。！？!?；;\n]|\.(?=\s|$))/su.exec(start) ?? [];
  return (sentence ?? start).trim();
}
