import { decodeHTMLStrict } from 'entities';
import { stripForbidden } from '../../text/xml-chars.ts';

const predefined: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
});

/** The longest name of HTML is `CounterClockwiseContourIntegral`; numbers may have leading zeros. */
const maxReferenceLength = 40;

/**
 * Text with its references decoded once: those of XML, numbers, and the names of HTML, for feeds use them
 * without declaring them. Anything else that looks like one stays as it is written. Numbers between 128
 * and 159 mean windows-1252, as in HTML; characters that XML forbids are dropped.
 */
export function decodeReferences(text: string): string {
  let amp = text.indexOf('&');
  if (amp === -1) return text;
  let decoded = '';
  let from = 0;
  let numeric = false;
  while (amp !== -1) {
    const end = referenceEnd(text, amp + 1);
    if (end === -1) {
      amp = text.indexOf('&', amp + 1);
      continue;
    }
    const name = text.slice(amp + 1, end);
    const character = predefined[name] ?? decodeHTMLStrict(text.slice(amp, end + 1));
    if (name.charCodeAt(0) === 35) numeric = true;
    decoded += text.slice(from, amp) + character;
    from = end + 1;
    amp = text.indexOf('&', from);
  }
  decoded += text.slice(from);
  return numeric ? stripForbidden(decoded) : decoded;
}

/** Where the semicolon of the reference is that begins at `start`, or -1 if there is no reference. */
function referenceEnd(text: string, start: number): number {
  const limit = Math.min(text.length, start + maxReferenceLength);
  for (let i = start; i < limit; i++) {
    const code = text.charCodeAt(i);
    if (code === 59) return i === start ? -1 : i;
    const isWord = (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
    if (!isWord && !(code === 35 && i === start)) return -1;
  }
  return -1;
}
