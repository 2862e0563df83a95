/**
 * A date as simply as it can be written: lower case, compatibility forms and accents resolved (`ＰＭ`, `août`),
 * no apostrophes or invisible marks, every dash a hyphen, single spaces. The name tables go through it too,
 * so that they can be spelled properly.
 */
export function plainText(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{Mn}\p{Cf}'’ʼ`]/gu, '')
    .normalize('NFC')
    .replaceAll('ı', 'i')
    .replace(/[\p{Pd}−]/gu, '-')
    .replace(/\s+/g, ' ')
    .trim();
}
