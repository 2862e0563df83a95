/**
 * Zone abbreviations by what they mean; those that do not say whether it is summer are the zone itself. One
 * that stands in several lines is ambiguous, the first line its usual meaning. A letter alone is a military
 * zone, which RFC 5322 section 4.3 reads as UTC because RFC 822 had their signs wrong (h is left out: a time
 * may end in "h").
 */
const lines = `
  UTC       z ut utc gmt wet a b c d e f g i k l m n o p q r s t u v w x y
  -02:00    brst
  -02:30    ndt
  -03:00    adt brt art clst uyt
  -03:30    nst
  -04:00    ast edt clt vet
  -05:00    est cdt cot pet
  -06:00    cst mdt
  -07:00    mst pdt
  -08:00    pst akdt
  -09:00    akst hdt
  -10:00    hst
  -11:00    sst
  +05:30    ist
  +01:00    cet met mez bst west wat ist
  +02:00    cest mest mesz eet cat sast ist
  +03:00    eest idt eat msk мск trt ast
  +03:30    irst
  +04:00    msd gst samt
  +05:00    pkt yekt uzt
  +05:45    npt
  +06:00    bdt bst omst almt
  +06:30    mmt
  +07:00    ict wib krat
  +08:00    hkt sgt sst myt pht pst awst wita irkt cst
  +09:00    jst kst wit yakt
  +09:30    acst
  +10:00    aest est vlat chst
  +10:30    acdt
  +11:00    aedt edt
  +12:00    nzst
  +13:00    nzdt
  America/New_York     et 美东时间 美東時間 纽约时间 紐約時間
  America/Chicago      ct
  America/Denver       mt
  America/Los_Angeles  pt 美西时间 美西時間
  America/Halifax      at
  Asia/Shanghai        北京时间 北京時間
  Asia/Taipei          台北时间 台北時間 臺北時間
  Asia/Hong_Kong       香港时间 香港時間
  Asia/Tokyo           日本时间 日本時間 东京时间
  Asia/Seoul           한국시간
  Europe/London        伦敦时间 倫敦時間
`;

const meanings = new Map<string, readonly string[]>();
for (const line of lines.trim().split('\n')) {
  const [zone = '', ...names] = line.trim().split(/ +/);
  for (const name of names) meanings.set(name, [...(meanings.get(name) ?? []), zone]);
}

/** What a zone's name in plain text can mean, the likeliest first, each as `zonedDate` takes it. */
export const zoneNames: ReadonlyMap<string, readonly string[]> = meanings;
