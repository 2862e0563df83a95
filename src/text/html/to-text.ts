import { decodeHTML } from 'entities';
import { foldSpace } from '../space.ts';

export function htmlToText(html: string): string {
  return foldSpace(decodeHTML(html.replace(/<[^>]*>/g, ' ')));
}
