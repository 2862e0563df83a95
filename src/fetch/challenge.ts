import { htmlToText } from '../text/html/to-text.ts';

type Headers = Readonly<Record<string, string>>;

/** What guarding services say of their own pages in header fields. */
const headerSigns = [
  ['cf-mitigated', 'challenge'], // Cloudflare
  ['x-amzn-waf-action', 'challenge'],
  ['x-amzn-waf-action', 'captcha'],
] as const;

/** What stands in the scripts of pages that want to see a browser before they show anything. */
const pageSigns = [
  '_cf_chl_opt', // Cloudflare
  '__ac_signature', // ByteDance
  'byted_acrawler', // ByteDance
  'acw_sc__v2', // Alibaba Cloud
  'awsWafCookieDomainList', // Amazon
  '_Incapsula_Resource', // Imperva
  'captcha-delivery.com', // DataDome
  'px-captcha', // HUMAN
  'sucuri_cloudproxy_js', // Sucuri
  'anubis_challenge', // Anubis
] as const;

/** These pages are short: a long document is not searched for their signs. */
const maxPageBytes = 524_288;

/** A page with more to read than this is a page, whatever its scripts are. */
const maxTextLength = 500;

/** Whether header fields alone say that a browser is asked for. */
export function isChallengeByHeaders(headers: Headers): boolean {
  return headerSigns.some(([name, value]) => headers[name]?.toLowerCase() === value);
}

/** Whether a body is a page of scripts that asks for a browser, and holds nothing to read. */
export function isChallengePage(bytes: Uint8Array): boolean {
  if (bytes.length > maxPageBytes) return false;
  if (!/^\s{0,64}<(?:!doctype\s|html|head|meta|script)/i.test(latin1(bytes.subarray(0, 128)))) return false;
  const page = latin1(bytes);
  return pageSigns.some((sign) => page.includes(sign)) && htmlToText(page).length < maxTextLength;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
