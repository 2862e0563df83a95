export { canonicalUrl } from './url/canonical.ts';
export { isAbsoluteIri, isName, isWebUrl } from './url/iri.ts';
export { resolveUrl } from './url/resolve.ts';
export { uriOf } from './url/uri.ts';
