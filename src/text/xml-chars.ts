const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;
export function stripForbidden(text: string): string {
  return text.toWellFormed().replace(forbidden, '');
}
