/**
 * The same thing under the names of both sides of the Taiwan Strait, which no table of characters knows: 輝達 is
 * 英伟达. Only names and terms that mean one thing in news, so that no two titles that differ become one; the
 * exceptions stand with them. Written as folded text, the mainland's name second.
 */
const names: readonly (readonly [RegExp, string])[] = [
  [/辉达/g, '英伟达'],
  [/联准会/g, '美联储'],
  // 四川普降大雨
  [/(?<!四)川普/g, '特朗普'],
  [/普丁/g, '普京'],
  [/泽伦斯基/g, '泽连斯基'],
  [/那斯达克/g, '纳斯达克'],
  [/晶片/g, '芯片'],
  [/人工智慧/g, '人工智能'],
  [/网际网路/g, '互联网'],
  [/资料中心/g, '数据中心'],
  [/伺服器/g, '服务器'],
  [/硬体/g, '硬件'],
  // What is soft of body is no program.
  [/软体(?!机器人|动物|家具|家居|沙发|床)/g, '软件'],
];

/** A title key with one name for each thing; to a fixpoint, so that a key is its own key. */
export function withOneVocabulary(key: string): string {
  let current = key;
  // A name that appears where two others met is rare; the bound only keeps a bad table from looping.
  for (let round = 0; round < 4; round++) {
    const next = names.reduce((rest, [name, common]) => rest.replace(name, common), current);
    if (next === current) return next;
    current = next;
  }
  return current;
}
