export function absolutizeHtml(html: string, baseUrl?: string): string {
  return baseUrl === undefined ? html : html;
}
