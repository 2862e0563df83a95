export { canonicalUrl } from './url/canonical.ts';
export { resolveUrl } from './url/resolve.ts';
