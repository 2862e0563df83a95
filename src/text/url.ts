export { canonicalUrl } from './url/canonical.ts';
export { isAbsoluteIri, isWebUrl } from './url/iri.ts';
export { resolveUrl } from './url/resolve.ts';
