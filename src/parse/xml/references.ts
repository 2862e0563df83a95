import { decodeHTMLStrict } from 'entities';
import { stripForbidden } from '../../text/xml-chars.ts';

/**
 * Text with its references decoded once: those of XML, numbers, and the names of HTML, for feeds use them
 * without declaring them. Anything else that looks like one stays as it is written. Numbers between 128
 * and 159 mean windows-1252, as in HTML; characters that XML forbids are dropped.
 */
export function decodeReferences(text: string): string {
  const decoded = decodeHTMLStrict(text);
  return text.includes('&#') ? stripForbidden(decoded) : decoded;
}
