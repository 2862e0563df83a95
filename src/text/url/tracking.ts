/**
 * Query parameters and fragments that tell where a reader came from and never which document is meant.
 * Identity stands on these tables, so a name with which any site selects content has no place in them.
 */

/** Whatever their value; in lower case. */
const names = new Set(
  [
    'gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid srsltid _ga _gl', // Google
    'fbclid fb_action_ids fb_action_types fb_ref fb_source igsh igshid', // Meta
    'msclkid yclid ysclid _openstat twclid ref_src ref_url ttclid li_fat_id', // Microsoft, Yandex, X, TikTok, LinkedIn
    'mc_cid mc_eid mc_tc _hsenc _hsmi __hssc __hstc __hsfp hsctatracking', // Mailchimp, HubSpot
    'mkt_tok vero_id vero_conv oly_anon_id oly_enc_id rb_clickid _bhlid', // Marketo, Vero, Olytics, beehiiv
    '_branch_match_id _branch_referrer', // Branch
    'pk_campaign pk_kwd pk_keyword pk_source pk_medium pk_content pk_cid', // Matomo
    'wt_mc wt.mc_id wt.nav s_cid sc_cid xtor at_medium at_campaign', // Webtrends, Adobe, AT Internet
    'smid smtyp guccounter guce_referrer guce_referrer_sig', // New York Times, Yahoo
    'spm spm_id_from vd_source unique_k share_source share_medium share_plat share_session_id share_tag', // Alibaba, Bilibili
    'share_from share_token nsukey isappinstalled wxshare_count', // WeChat
  ].flatMap((line) => line.split(' ')),
);

const prefixes = ['utm_', 'mtm_', 'itm_', 'hsa_', 'hmb_'];

/** These may select content; with the values below they only say that a feed or a chat showed the link. */
const origins = new Set(['f', 'from', 'ref', 'source', 'src', 'via', 'medium', 'partner', 'emc', 'cmpid']);
const originValue = /^(?:(?:rss|feed)(?:$|[-_.:])|(?:timeline|singlemessage|groupmessage)$)/i;

const trackingFragment = /^(?:rss$|feed$|utm_|ref=|xtor=)/i;

/** Whether a document is the same without `name=value`; both are decoded. */
export function isTrackingParameter(name: string, value: string): boolean {
  const key = name.toLowerCase();
  if (names.has(key) || prefixes.some((prefix) => key.startsWith(prefix))) return true;
  return origins.has(key) && originValue.test(value);
}

/** The fragment, without `#`, and without what only tracks: `rss`, `utm_…`, `ref=…`, `xtor=…`, text directives. */
export function meaningfulFragment(fragment: string): string {
  const directive = fragment.indexOf(':~:');
  const kept = directive < 0 ? fragment : fragment.slice(0, directive);
  return trackingFragment.test(kept) ? '' : kept;
}
