import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeDocument } from '../../src/text/charset.ts';

const bom = '\ufeff';

function bytesOf(...parts: readonly (string | readonly number[])[]): Uint8Array {
  return Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))),
  );
}

function utf16be(text: string): Uint8Array {
  return Buffer.from(text, 'utf16le').swap16();
}

function utf32(text: string, isLittleEndian: boolean): Uint8Array {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const view = new DataView(new ArrayBuffer(points.length * 4));
  points.forEach((point, index) => view.setUint32(index * 4, point, isLittleEndian));
  return new Uint8Array(view.buffer);
}

function xml(encoding: string): string {
  return `<?xml version="1.0" encoding="${encoding}"?><t>`;
}

/** 中文 in GBK, 日本 in Shift_JIS, 한글 in EUC-KR, 中文 in Big5, Привет in windows-1251 and KOI8-R */
const gbk = [0xd6, 0xd0, 0xce, 0xc4];
const shiftJis = [0x93, 0xfa, 0x96, 0x7b];
const eucKr = [0xc7, 0xd1, 0xb1, 0xdb];
const big5 = [0xa4, 0xa4, 0xa4, 0xe5];
const windows1251 = [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2];
const koi8r = [0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4];

/** IBM code page 500 as far as an XML declaration needs it. */
const inEbcdic = new Map([
  ...Array.from('abcdefghi', (char, index) => [char, 0x81 + index] as const),
  ...Array.from('jklmnopqr', (char, index) => [char, 0x91 + index] as const),
  ...Array.from('stuvwxyz', (char, index) => [char, 0xa2 + index] as const),
  ...Array.from('01', (char, index) => [char, 0xf0 + index] as const),
  ...([
    [' ', 0x40],
    ['.', 0x4b],
    ['<', 0x4c],
    ['-', 0x60],
    ['>', 0x6e],
    ['?', 0x6f],
    ['=', 0x7e],
    ['"', 0x7f],
  ] as const),
]);

describe('a byte order mark decides', () => {
  test.each([
    ['utf-8', Buffer.from(`${bom}<t>中文 é 😀</t>`)],
    ['utf-16le', Buffer.from(`${bom}<t>中文 é 😀</t>`, 'utf16le')],
    ['utf-16be', utf16be(`${bom}<t>中文 é 😀</t>`)],
    ['utf-32le', utf32(`${bom}<t>中文 é 😀</t>`, true)],
    ['utf-32be', utf32(`${bom}<t>中文 é 😀</t>`, false)],
  ])('for %s', (encoding, bytes) => {
    expect(decodeDocument(bytes)).toEqual({ encoding, text: '<t>中文 é 😀</t>', warnings: [] });
  });

  test('for gb18030', () => {
    const bytes = bytesOf([0x84, 0x31, 0x95, 0x33], '<t>', gbk);
    expect(decodeDocument(bytes)).toEqual({ encoding: 'gb18030', text: '<t>中文', warnings: [] });
  });

  test('even against the HTTP header, with a warning', () => {
    const { text, encoding, warnings } = decodeDocument(Buffer.from(`${bom}<t>中文</t>`), {
      contentType: 'text/xml; charset=gbk',
    });
    expect([text, encoding, warnings.map(({ code }) => code)]).toEqual([
      '<t>中文</t>',
      'utf-8',
      ['charset-mismatch'],
    ]);
  });
});

describe('without a byte order mark the shape of the first characters decides', () => {
  const documents = [
    '<?xml version="1.0" encoding="utf-16"?><t>中文 😀</t>',
    '{"title":"中文"}',
    '[{"a":1}]',
    '\n<t>é</t>',
  ];
  test.each(documents)('for %j', (text) => {
    const read = (bytes: Uint8Array) => decodeDocument(bytes, { contentType: 'text/xml; charset=utf-16' });
    expect(read(Buffer.from(text, 'utf16le'))).toMatchObject({ encoding: 'utf-16le', text, warnings: [] });
    expect(read(utf16be(text))).toMatchObject({ encoding: 'utf-16be', text, warnings: [] });
    expect(decodeDocument(utf32(text, true))).toMatchObject({ encoding: 'utf-32le', text, warnings: [] });
    expect(decodeDocument(utf32(text, false))).toMatchObject({ encoding: 'utf-32be', text, warnings: [] });
  });

  test('a declared UTF-16 is believed where there are zero bytes, and only there', () => {
    const contentType = 'text/plain; charset=utf-16le';
    expect(decodeDocument(Buffer.from('财经 2026', 'utf16le'), { contentType }).text).toBe('财经 2026');
    expect(decodeDocument(bytesOf('caf', [0xe9]), { contentType })).toMatchObject({
      encoding: 'windows-1252',
      text: 'café',
    });
  });
});

describe('bytes that are UTF-8 are UTF-8, whatever is declared', () => {
  test.each([
    'text/xml',
    'text/xml; charset=gbk',
    'text/xml; charset=iso-8859-1',
    'text/xml; charset=utf-16',
  ])('%s', (contentType) => {
    const { text, encoding } = decodeDocument(bytesOf(xml('big5'), '中文 café</t>'), { contentType });
    expect([encoding, text]).toEqual(['utf-8', `${xml('big5')}中文 café</t>`]);
  });

  test('a declaration that is wrong is reported once, and not where it makes no difference', () => {
    expect(decodeDocument(bytesOf(xml('gb2312'), '中文')).warnings).toEqual([
      { code: 'charset-mismatch', message: 'declared as gb18030, but read as utf-8' },
    ]);
    expect(decodeDocument(bytesOf(xml('gb2312'), 'plain')).warnings).toEqual([]);
    expect(decodeDocument(bytesOf(xml('utf-8'), '中文')).warnings).toEqual([]);
  });

  test('an empty document is empty', () => {
    expect(decodeDocument(new Uint8Array())).toEqual({ encoding: 'utf-8', text: '', warnings: [] });
    expect(decodeDocument(Buffer.from(bom))).toEqual({ encoding: 'utf-8', text: '', warnings: [] });
  });

  test('ISO-2022-JP, which is all ASCII, is taken at its word', () => {
    const bytes = bytesOf('<t>', [0x1b, 0x24, 0x42, 0x46, 0x7c, 0x1b, 0x28, 0x42], '</t>');
    expect(decodeDocument(bytes, { contentType: 'text/xml; charset=iso-2022-jp' }).text).toBe('<t>日</t>');
  });

  test('any string that is encoded as UTF-8 comes back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(decodeDocument(Buffer.from(`<t>${text}`)).text).toBe(`<t>${text}`);
      }),
    );
  });
});

describe('else the HTTP header decides, then the document, then windows-1252', () => {
  test.each([
    ['gbk', 'gb18030', gbk, '中文'],
    ['gb2312', 'gb18030', gbk, '中文'],
    ['GB18030', 'gb18030', gbk, '中文'],
    ['big5', 'big5', big5, '中文'],
    ['shift_jis', 'shift_jis', shiftJis, '日本'],
    ['euc-kr', 'euc-kr', eucKr, '한글'],
    ['windows-1251', 'windows-1251', windows1251, 'Привет'],
    ['koi8-r', 'koi8-r', koi8r, 'Привет'],
    ['iso-8859-1', 'windows-1252', [0xe9, 0x80], 'é€'],
    ['us-ascii', 'windows-1252', [0x93, 0x94], '“”'],
    ['iso-8859-2', 'iso-8859-2', [0xb1], 'ą'],
  ])('%s', (label, encoding, bytes, text) => {
    const headed = decodeDocument(bytesOf('<t>', bytes, '</t>'), {
      contentType: `text/xml; charset=${label}`,
    });
    expect(headed).toEqual({ encoding, text: `<t>${text}</t>`, warnings: [] });
    const declared = decodeDocument(bytesOf(xml(label), bytes, '</t>'));
    expect(declared).toEqual({ encoding, text: `${xml(label)}${text}</t>`, warnings: [] });
  });

  test('the header goes before the declaration', () => {
    const bytes = bytesOf(xml('koi8-r'), windows1251);
    expect(decodeDocument(bytes, { contentType: 'text/xml; charset=windows-1251' })).toEqual({
      encoding: 'windows-1251',
      text: `${xml('koi8-r')}Привет`,
      warnings: [],
    });
  });

  test('nothing declared is windows-1252', () => {
    expect(decodeDocument(bytesOf('caf', [0xe9], ' ', [0x80], '5'))).toEqual({
      encoding: 'windows-1252',
      text: 'café €5',
      warnings: [],
    });
    expect(decodeDocument(bytesOf('caf', [0xe9])).text).toBe('café');
  });

  test('a page may declare itself in a meta element', () => {
    expect(decodeDocument(bytesOf('<html><meta charset="gbk"><p>', gbk)).text).toContain('<p>中文');
    const old = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>';
    expect(decodeDocument(bytesOf(old, gbk)).text).toContain('<p>中文');
  });
});

describe('labels', () => {
  test.each([
    ...[
      'text/xml; charset="gbk"',
      "text/xml; charset='gbk'",
      'text/xml;charset=GBK',
      'text/xml; CHARSET = gbk ',
      'text/xml charset=gbk',
    ],
    ...[
      'text/xml; charset:gbk',
      'text/xml; charset=gbk; q=1',
      'text/xml; charset=gbk, text/xml',
      'charset=gbk',
      'text/xml; charset="gbk',
    ],
    ...[
      'cp936',
      'MS936',
      'x-gbk',
      'gb_2312-80',
      'gb2312',
      'GB18030',
      'windows-936',
      'csGB2312',
      'chinese',
      'euc-cn',
    ].map((label) => `text/xml; charset=${label}`),
  ])('%j means gb18030', (contentType) => {
    expect(decodeDocument(bytesOf('<t>', gbk), { contentType })).toEqual({
      encoding: 'gb18030',
      text: '<t>中文',
      warnings: [],
    });
  });

  test.each([
    ['x-sjis', 'shift_jis', shiftJis],
    ['cp932', 'shift_jis', shiftJis],
    ['Shift-JIS', 'shift_jis', shiftJis],
    ['ks_c_5601-1987', 'euc-kr', eucKr],
    ['cp949', 'euc-kr', eucKr],
    ['euc_kr', 'euc-kr', eucKr],
    ['cp950', 'big5', big5],
    ['big5-hkscs', 'big5', big5],
    ['win-1251', 'windows-1251', windows1251],
    ['windows_1251', 'windows-1251', windows1251],
    ['cp1251', 'windows-1251', windows1251],
    ['koi8_r', 'koi8-r', koi8r],
    ['latin1', 'windows-1252', [0xe9]],
    ['ISO_8859-1', 'windows-1252', [0xe9]],
    ['iso8859_1', 'windows-1252', [0xe9]],
  ])('%s means %s', (label, encoding, bytes) => {
    const decoded = decodeDocument(bytesOf('<t>', bytes, '</t>'), {
      contentType: `text/xml; charset=${label}`,
    });
    expect(decoded).toMatchObject({ encoding, warnings: [] });
  });

  test.each(['utf8', 'UTF8', 'utf_8', 'utf8mb4', 'unicode-1-1-utf-8', 'utf-8-sig', 'x-utf8'])(
    '%s means utf-8',
    (label) => {
      const contentType = `text/xml; charset=${label}`;
      expect(decodeDocument(Buffer.from('<t>中文'), { contentType }).warnings).toEqual([]);
    },
  );

  test.each(['x-nonsense', 'utf-7', 'hz-gb-2312', 'constructor', '__proto__', 'none'])(
    '%s is not known, and the next declaration counts',
    (label) => {
      const decoded = decodeDocument(bytesOf(xml('gbk'), gbk), { contentType: `text/xml; charset=${label}` });
      expect(decoded.encoding).toBe('gb18030');
      expect(decoded.warnings).toEqual([
        { code: 'charset-unknown', message: `declared charset "${label}" is not known` },
      ]);
    },
  );
});

describe('one bad byte spoils one character', () => {
  test('in UTF-8', () => {
    const { text, encoding, warnings } = decodeDocument(
      bytesOf(xml('utf-8'), '\n央视新', [0xe4, 0xbc], '\n闻'),
    );
    expect([text, encoding]).toEqual([`${xml('utf-8')}\n央视新\ufffd\n闻`, 'utf-8']);
    expect(warnings).toEqual([
      { code: 'invalid-bytes', message: 'bytes that are no text became U+FFFD: 1', line: 2 },
    ]);
  });

  test('in UTF-8 that nothing or something else declares', () => {
    const bytes = bytesOf('央视', [0xff], '新闻');
    expect(decodeDocument(bytes).text).toBe('央视\ufffd新闻');
    expect(decodeDocument(bytes, { contentType: 'text/xml; charset=gbk' }).text).toBe('央视\ufffd新闻');
    expect(decodeDocument(bytes, { contentType: 'text/xml; charset=iso-8859-1' }).text).toBe(
      '央视\ufffd新闻',
    );
  });

  test('where GBK is declared, a few accidents of UTF-8 do not make it UTF-8', () => {
    // 路 and 楼 in GBK are a well-formed character of UTF-8 each, 中 is not
    const bytes = bytesOf(xml('gbk'), [0xc2, 0xb7], [0xc2, 0xa5], [0xd6, 0xd0], '</t>');
    expect(decodeDocument(bytes)).toMatchObject({ encoding: 'gb18030', text: `${xml('gbk')}路楼中</t>` });
  });

  test('in UTF-8 after a byte order mark', () => {
    expect(decodeDocument(bytesOf(`${bom}a`, [0xe9], 'b'))).toMatchObject({
      text: 'a\ufffdb',
      encoding: 'utf-8',
    });
  });

  test('in GBK', () => {
    const bytes = bytesOf(xml('gbk'), gbk, [0xff], gbk);
    expect(decodeDocument(bytes)).toMatchObject({ encoding: 'gb18030', text: `${xml('gbk')}中文\ufffd中文` });
  });

  test('a character that is cut at the end of the document changes nothing', () => {
    for (const cut of [1, 2]) {
      const bytes = bytesOf('<t>央视新闻').subarray(0, -cut);
      expect(decodeDocument(bytes)).toMatchObject({ encoding: 'utf-8', text: '<t>央视新\ufffd' });
      expect(decodeDocument(bytes, { contentType: 'text/xml; charset=gbk' }).encoding).toBe('utf-8');
    }
    expect(decodeDocument(bytesOf('<t>央').subarray(0, -1))).toMatchObject({
      encoding: 'utf-8',
      text: '<t>\ufffd',
    });
  });
});

describe('a wrong declaration', () => {
  test('of UTF-8 for ASCII with letters of windows-1252', () => {
    const { text, encoding, warnings } = decodeDocument(
      bytesOf(xml('utf-8'), 'caf', [0xe9], ' ', [0x93], 'x', [0x94]),
    );
    expect([text, encoding]).toEqual([`${xml('utf-8')}café “x”`, 'windows-1252']);
    expect(warnings).toEqual([
      { code: 'charset-mismatch', message: 'declared as utf-8, but read as windows-1252' },
    ]);
  });

  test('of UTF-8 for GBK, where the document knows better than the header', () => {
    const decoded = decodeDocument(bytesOf(xml('gbk'), gbk, gbk), { contentType: 'text/xml; charset=utf-8' });
    expect(decoded).toMatchObject({ encoding: 'gb18030', text: `${xml('gbk')}中文中文` });
    expect(decoded.warnings.map(({ code }) => code)).toEqual(['charset-mismatch']);
  });

  test('of a multi-byte encoding that does not fit', () => {
    const decoded = decodeDocument(bytesOf(xml('euc-jp'), 'caf', [0xe9], ' cr', [0xe8], 'me'));
    expect(decoded).toMatchObject({ encoding: 'windows-1252', text: `${xml('euc-jp')}café crème` });
  });

  test('bytes that mean nothing anywhere are replaced', () => {
    expect(decodeDocument(bytesOf('a', [0x81], 'b'))).toMatchObject({ encoding: 'utf-8', text: 'a\ufffdb' });
  });
});

describe('encodings that the WHATWG leaves out', () => {
  // From the mapping tables of the Unicode Consortium.
  test.each([
    ['437', 'ibm437', [0x80, 0xe1], 'Çß'],
    ['csPC8CodePage437', 'ibm437', [0x80], 'Ç'],
    ['cp850', 'ibm850', [0xd0], 'ð'],
    ['IBM852', 'ibm852', [0x9f], 'č'],
    ['cp855', 'ibm855', [0x80], 'ђ'],
    ['cp_is', 'ibm861', [0x8d], 'Þ'],
    ['cp866', 'ibm866', [0x80], 'А'],
    ['mac-latin2', 'x-mac-centraleurroman', [0x81], 'Ā'],
    ['mac_turkish', 'x-mac-turkish', [0xda], 'Ğ'],
    ['hp-roman8', 'hp-roman8', [0xa1], 'À'],
    ['ms-cyrl', 'windows-1251', windows1251, 'Привет'],
    ['iso_8859-2:1987', 'iso-8859-2', [0xb1], 'ą'],
    ['euckr', 'euc-kr', eucKr, '한글'],
  ])('%s is %s', (label, encoding, bytes, text) => {
    expect(decodeDocument(bytesOf(xml(label), bytes, '</t>'))).toEqual({
      encoding,
      text: `${xml(label)}${text}</t>`,
      warnings: [],
    });
  });

  test('EBCDIC is told by its first bytes, and says itself which one it is', () => {
    const declaration = '<?xml version="1.0" encoding="ebcdic-cp-be"?>';
    const bytes = Array.from(declaration, (char) => inEbcdic.get(char) ?? NaN);
    expect(decodeDocument(Uint8Array.from([...bytes, 0xb0, 0x4a]))).toEqual({
      encoding: 'ibm500',
      text: `${declaration}¢[`,
      warnings: [],
    });
  });

  test('what is not EBCDIC is not read as it, whatever it declares', () => {
    expect(decodeDocument(bytesOf(xml('ibm037'), [0xe9], '</t>'))).toMatchObject({
      encoding: 'windows-1252',
      text: `${xml('ibm037')}é</t>`,
    });
  });
});

test('UTF-32 replaces what is no character', () => {
  const bytes = bytesOf([0xff, 0xfe, 0, 0], [0x00, 0xd8, 0, 0], [0x61, 0, 0, 0], [0, 0, 0x11, 0], [0x62, 0]);
  expect(decodeDocument(bytes)).toMatchObject({ encoding: 'utf-32le', text: '\ufffda\ufffd\ufffd' });
});

test('no bytes make it throw, and a byte order mark never comes through', () => {
  const contentTypes = fc.constantFrom(
    undefined,
    'text/xml; charset=gbk',
    'text/xml; charset=utf-16',
    'text/xml; charset=utf-32be',
    'text/xml; charset=shift_jis',
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), contentTypes, (bytes, contentType) => {
      const { text, encoding } = decodeDocument(bytes, { contentType });
      expect(text.isWellFormed()).toBe(true);
      expect(text.startsWith(bom)).toBe(false);
      expect(encoding).toMatch(/^[a-z][a-z0-9_-]+$/);
    }),
    { numRuns: 1000 },
  );
});
