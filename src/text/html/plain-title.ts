import { foldSpace } from '../space.ts';
import { htmlToText } from './to-text.ts';

export function plainTitle(text: string, type: 'text' | 'html'): string {
  return type === 'html' ? htmlToText(text) : foldSpace(text);
}
