/**
 * Characters that stand in one of the two scripts of Chinese only, each before its other form. Few, but the
 * commonest: a paragraph of news holds dozens of them.
 */
const pairs =
  '国國这這来來时時们們个個说說对對会會为為于於业業发發东東产產动動开開关關长長经經实實进進现現种種电電机機车車学學' +
  '体體见見间間问問网網报報场場师師应應认認让讓记記论論证證评評语語话話请請谁誰调調谈談财財贸貿资資赛賽' +
  '贵貴费費币幣价價众眾优優亿億务務劳勞势勢区區华華单單卖賣厂廠历歷厅廳县縣参參双雙变變号號吗嗎员員团團图圖' +
  '圆圓圣聖壮壯声聲处處备備复復头頭夺奪奋奮妇婦妈媽宁寧审審宪憲宽寬导導寿壽将將尔爾尽盡层層岁歲岛島峡峽币幣' +
  '带帶帮幫广廣庆慶库庫张張弹彈归歸录錄忆憶态態总總惊驚惯慣战戰户戶执執扩擴扫掃护護担擔择擇据據损損换換' +
  '数數断斷无無旧舊显顯术術权權条條标標样樣树樹桥橋检檢楼樓欢歡欧歐毕畢气氣汉漢汇匯没沒济濟测測润潤渐漸游遊' +
  '满滿灵靈灾災点點热熱爱愛状狀独獨环環码碼础礎确確离離积積称稱稳穩穷窮竞競笔筆签簽简簡类類粮糧约約级級纪紀' +
  '纯純纸紙线線练練组組织織终終结結给給络絡统統继繼续續维維综綜绿綠缩縮职職联聯肃肅胜勝脑腦节節苏蘇范範药藥' +
  '获獲营營蓝藍虽雖补補装裝规規视視览覽觉覺订訂计計讨討训訓议議讲講许許设設访訪诉訴试試详詳误誤课課谢謝谋謀' +
  '负負责責败敗货貨质質购購贝貝贷貸贸貿贺賀赢贏跃躍转轉轮輪软軟轻輕载載较較辅輔输輸达達迁遷过過运運还還' +
  '远遠违違连連迟遲适適选選遗遺邮郵邻鄰郑鄭释釋钟鐘钢鋼钱錢银銀铁鐵销銷锋鋒错錯键鍵镇鎮门門闭閉闻聞队隊阳陽' +
  '阶階际際陆陸陈陳险險随隨难難雾霧静靜韩韓页頁项項须須顾顧预預领領频頻题題额額风風飞飛饭飯馆館驱驅验驗鱼魚';

const simplified = new Set<string>();
const traditional = new Set<string>();
for (let i = 0; i < pairs.length; i += 2) {
  simplified.add(pairs.charAt(i));
  traditional.add(pairs.charAt(i + 1));
}

const maxSample = 4_000;

/** The script that a Chinese text is written in; undefined where it does not show clearly. */
export function chineseScript(text: string): 'Hans' | 'Hant' | undefined {
  let hans = 0;
  let hant = 0;
  const length = Math.min(text.length, maxSample);
  for (let i = 0; i < length; i++) {
    const char = text.charAt(i);
    if (simplified.has(char)) hans++;
    else if (traditional.has(char)) hant++;
  }
  if (hans >= 4 && hans > hant * 8) return 'Hans';
  return hant >= 4 && hant > hans * 8 ? 'Hant' : undefined;
}

/** The script that a tag of Chinese says or implies by its region (RFC 5646, CLDR likely subtags). */
function declaredScript(tag: string): 'Hans' | 'Hant' | undefined {
  const said = /-(Hans|Hant)\b/.exec(tag)?.[1];
  if (said === 'Hans' || said === 'Hant') return said;
  if (/-(?:TW|HK|MO)\b/.test(tag)) return 'Hant';
  return /-(?:CN|SG|MY)\b/.test(tag) ? 'Hans' : undefined;
}

/**
 * A language tag in canonical case, corrected where it is Chinese and the text is clearly in the other
 * script: pages in Traditional that say `zh-CN` are `zh-Hant`. `zh` alone contradicts nothing.
 */
export function correctScript(tag: string | undefined, text: string): string | undefined {
  if (!tag?.startsWith('zh')) return tag;
  const declared = declaredScript(tag);
  const written = declared === undefined ? undefined : chineseScript(text);
  return written === undefined || written === declared ? tag : `zh-${written}`;
}
