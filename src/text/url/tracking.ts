/**
 * Query parameters and fragments that tell where a reader came from and never which document is meant.
 * Identity stands on this table, so a name that any site uses to select content has no place in it.
 */

/** Any value; names in lower case. */
const names = new Set([
  // Google
  'gclid',
  'gclsrc',
  'dclid',
  'gbraid',
  'wbraid',
  'gad_source',
  'gad_campaignid',
  'srsltid',
  '_ga',
  '_gl',
  // Meta, Microsoft, Yandex, X, TikTok, LinkedIn, Instagram
  'fbclid',
  'fb_action_ids',
  'fb_action_types',
  'fb_ref',
  'fb_source',
  'msclkid',
  'yclid',
  'ysclid',
  '_openstat',
  'twclid',
  'ref_src',
  'ref_url',
  'ttclid',
  'li_fat_id',
  'igshid',
  'igsh',
  // mailings: Mailchimp, HubSpot, Marketo, Vero, Olytics, beehiiv, Branch
  'mc_cid',
  'mc_eid',
  'mc_tc',
  '_hsenc',
  '_hsmi',
  '__hssc',
  '__hstc',
  '__hsfp',
  'hsctatracking',
  'mkt_tok',
  'vero_id',
  'vero_conv',
  'oly_anon_id',
  'oly_enc_id',
  'rb_clickid',
  '_bhlid',
  '_branch_match_id',
  '_branch_referrer',
  // analytics and publishers: Webtrends, Adobe, AT Internet, New York Times, Yahoo
  'wt_mc',
  'wt.mc_id',
  'wt.nav',
  's_cid',
  'sc_cid',
  'xtor',
  'smid',
  'smtyp',
  'guccounter',
  'guce_referrer',
  'guce_referrer_sig',
  // Alibaba, Bilibili, WeChat
  'spm',
  'spm_id_from',
  'vd_source',
  'share_source',
  'share_medium',
  'share_plat',
  'share_session_id',
  'share_tag',
  'share_from',
  'share_token',
  'unique_k',
  'nsukey',
  'isappinstalled',
  'wxshare_count',
]);

const prefixes = ['utm_', 'mtm_', 'pk_', 'hsa_', 'itm_', 'hmb_'];

/** Names that may select content; with these values they say only that a feed or a chat window held the link. */
const sourceNames = new Set([
  'f',
  'from',
  'ref',
  'source',
  'src',
  'via',
  'medium',
  'partner',
  'emc',
  'cmpid',
  'feature',
]);
const sourceValue = /^(?:(?:rss|feed)(?:$|[-_.:])|(?:timeline|singlemessage|groupmessage)$)/i;

const trackingFragment = /^(?:rss$|feed$|utm_|ref=|xtor=)/i;

/** Whether `name=value`, both decoded, can be left out of a URL without meaning another document. */
export function isTrackingParameter(name: string, value: string): boolean {
  const key = name.toLowerCase();
  if (names.has(key) || prefixes.some((prefix) => key.startsWith(prefix))) return true;
  return sourceNames.has(key) && sourceValue.test(value);
}

/** The fragment without its `#` and without what only tracks: `#rss`, `#utm_…`, `#ref=…`, text directives. */
export function meaningfulFragment(fragment: string): string {
  const directive = fragment.indexOf(':~:');
  const kept = directive < 0 ? fragment : fragment.slice(0, directive);
  return trackingFragment.test(kept) ? '' : kept;
}
