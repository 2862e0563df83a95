import { plainText } from './plain-text.ts';

/**
 * Month names, full, inflected and abbreviated: one line a language, twelve months a line, its spellings
 * side by side. No spelling means different months in two of these languages.
 */
const months: readonly string[] = [
  // English, also cut anywhere after the third letter (below)
  'january | february | march | april | may | june | july | august | september | october | november | december',
  // German
  'januar jänner jan jän | februar feber feb | märz maerz mär mrz | april apr | mai | juni jun | juli jul | august aug | september sept sep | oktober okt | november nov | dezember dez',
  // French
  'janvier janv jan | février févr fév | mars | avril avr | mai | juin | juillet juil | août | septembre sept | octobre oct | novembre nov | décembre déc',
  // Spanish
  'enero ene | febrero feb | marzo mar | abril abr | mayo may | junio jun | julio jul | agosto ago | septiembre setiembre sept set | octubre oct | noviembre nov | diciembre dic',
  // Italian
  'gennaio gen genn | febbraio feb febbr | marzo mar | aprile apr | maggio mag | giugno giu | luglio lug | agosto ago | settembre set sett | ottobre ott | novembre nov | dicembre dic',
  // Portuguese
  'janeiro jan | fevereiro fev | março mar | abril abr | maio mai | junho jun | julho jul | agosto ago | setembro set | outubro out | novembro nov | dezembro dez',
  // Dutch
  'januari jan | februari feb | maart mrt | april apr | mei | juni jun | juli jul | augustus aug | september sep sept | oktober okt | november nov | december dec',
  // Danish and Norwegian
  'januar jan | februar feb | marts mars mar | april apr | maj mai | juni jun | juli jul | august aug | september sep sept | oktober okt | november nov | december desember dec des',
  // Swedish
  'januari jan | februari feb | mars | april apr | maj | juni | juli | augusti aug | september sep sept | oktober okt | november nov | december dec',
  // Icelandic
  'janúar jan | febrúar feb | mars mar | apríl apr | maí | júní jún | júlí júl | ágúst ágú | september sep | október okt | nóvember nóv | desember des',
  // Finnish
  'tammikuuta tammikuu tammi | helmikuuta helmikuu helmi | maaliskuuta maaliskuu maalis | huhtikuuta huhtikuu huhti | toukokuuta toukokuu touko | kesäkuuta kesäkuu kesä | heinäkuuta heinäkuu heinä | elokuuta elokuu elo | syyskuuta syyskuu syys | lokakuuta lokakuu loka | marraskuuta marraskuu marras | joulukuuta joulukuu joulu',
  // Polish
  'stycznia styczeń sty | lutego luty lut | marca marzec mar | kwietnia kwiecień kwi | maja maj | czerwca czerwiec cze | lipca lipiec lip | sierpnia sierpień sie | września wrzesień wrz | października październik paź | listopada listopad lis | grudnia grudzień gru',
  // Czech
  'ledna leden led | února únor úno | března březen bře | dubna duben dub | května květen kvě | června červen čvn | července červenec čvc | srpna srpen srp | září zář | října říjen říj | listopadu listopad lis | prosince prosinec pro',
  // Hungarian, with two spellings that were seen in feeds
  'január jan | február februári febr feb | március márc már | április ápr | május máujus máj | június jún | július júl | augusztus aug | szeptember szept | október okt | november nov | december dec',
  // Turkish
  'ocak oca | şubat şub | mart mar | nisan nis | mayıs may | haziran haz | temmuz tem | ağustos ağu | eylül eyl | ekim eki | kasım kas | aralık ara',
  // Greek, with a misspelling of March that feeds of old 8-bit systems have
  'ιανουαρίου ιανουάριος ιαν | φεβρουαρίου φεβρουάριος φεβ | μαρτίου μάρτιος μάρ μαώ | απριλίου απρίλιος απρ | μαΐου μάιος μάι | ιουνίου ιούνιος ιούν ιον | ιουλίου ιούλιος ιούλ ιολ | αυγούστου αύγουστος αύγ | σεπτεμβρίου σεπτέμβριος σεπ σεπτ | οκτωβρίου οκτώβριος οκτ | νοεμβρίου νοέμβριος νοέ | δεκεμβρίου δεκέμβριος δεκ',
  // Russian
  'января январь янв | февраля февраль фев февр | марта март мар | апреля апрель апр | мая май | июня июнь июн | июля июль июл | августа август авг | сентября сентябрь сен сент | октября октябрь окт | ноября ноябрь ноя нояб | декабря декабрь дек',
  // Ukrainian
  'січня січень січ | лютого лютий лют | березня березень бер | квітня квітень кві квіт | травня травень тра трав | червня червень чер черв | липня липень лип | серпня серпень сер серп | вересня вересень вер | жовтня жовтень жов жовт | листопада листопад лис лист | грудня грудень гру груд',
];

/** Words that may stand in a date and tell nothing new about it: days of the week, prepositions, `o'clock`. */
const silent: readonly string[] = [
  'monday mon tuesday tues tue wednesday weds wed thursday thurs thur thu friday fri saturday sat sunday sun at on of the',
  'montag mo dienstag di die mittwoch mi mit donnerstag do don freitag fr fre samstag sonnabend sa sam sonntag so son am um der den uhr',
  'lundi lun mardi mar mercredi mer jeudi jeu vendredi ven samedi sam dimanche dim le à',
  'lunes lun martes mar miércoles mié jueves jue viernes vie sábado sáb domingo dom de del el a la las h hs hrs',
  'lunedì lun martedì mar mercoledì mer giovedì gio venerdì ven sabato sab domenica dom il alle ore',
  'segunda seg terça ter quarta qua quinta qui sexta sex sábado sáb domingo dom feira de às',
  'maandag ma dinsdag di woensdag wo donderdag do vrijdag vr zaterdag za zondag zo om uur',
  'mandag man tirsdag tir tirs onsdag ons torsdag tor tors fredag fre lørdag lør søndag søn den kl',
  'måndag mån tisdag tis onsdag ons torsdag tors fredag fre lördag lör söndag sön den kl',
  'mánudagur mán þriðjudagur þri miðvikudagur mið fimmtudagur fim föstudagur fös laugardagur lau sunnudagur sun',
  'maanantai maanantaina ma tiistai tiistaina ti keskiviikko keskiviikkona ke torstai torstaina to perjantai perjantaina pe lauantai lauantaina la sunnuntai sunnuntaina su klo',
  'poniedziałek pon pn wtorek wt środa śr czwartek czw piątek pt pią sobota sob niedziela niedz nie nd o r',
  'pondělí po úterý út středa st čtvrtek čt pátek pá sobota so neděle ne v',
  'hétfő kedd szerda sze csütörtök péntek szombat szo vasárnap',
  'pazartesi pzt salı sal çarşamba çar perşembe per cuma cum cumartesi cmt pazar paz saat',
  'δευτέρα δευ τρίτη τρι τετάρτη τετ πέμπτη πεμ παρασκευή παρ σάββατο σαβ σάβ κυριακή κυρ στις',
  'понедельник пн вторник вт среда ср четверг чт пятница пт суббота сб воскресенье вс в г года год',
  'понеділок пн вівторок вт середа ср четвер чт пʼятниця пт субота сб неділя нд о об р року рік',
];

const english = months[0]?.split(' | ') ?? [];

/** Number of the month (1 to 12) by any of its names in plain text. */
export const monthNames: ReadonlyMap<string, number> = new Map([
  ...months.flatMap((line) =>
    line.split(' | ').flatMap((names, index) => words(names).map((name) => [name, index + 1] as const)),
  ),
  ...english.flatMap((name, index) =>
    Array.from({ length: name.length - 2 }, (_, cut) => [name.slice(0, cut + 3), index + 1] as const),
  ),
]);

/** Words in plain text that a date may hold besides its numbers and month. */
export const silentWords: ReadonlySet<string> = new Set(silent.flatMap(words));

function words(line: string): readonly string[] {
  return plainText(line).split(' ');
}
