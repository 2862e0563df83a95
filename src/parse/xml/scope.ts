import { customOfPrefix, prefixOfNamespace } from './namespaces.ts';

/** The namespace bindings in effect at a place of a document, with the canonical names that follow from them. */
export interface Scope {
  elementName(tag: string): string;
  attributeName(name: string): string;
  /** The scope inside an element with further `xmlns` bindings. */
  with(bindings: ReadonlyMap<string, string>): Scope;
  /** The namespace of a prefix; undefined for one that is not bound. */
  uriOf(prefix: string): string | undefined;
}

/** Different sets of bindings within one scope; a document with more of them is no feed, and goes without. */
const maxInner = 256;

/**
 * The scope of a document's root.
 * @param vocabulary the usual prefix of elements without a namespace: `''` in RSS, `atom` in a `<feed>`
 *   whose author forgot the namespace
 */
export function rootScope(vocabulary: string): Scope {
  return createScope(vocabulary, new Map(), undefined);
}

function createScope(
  vocabulary: string,
  bindings: ReadonlyMap<string, string>,
  outer: Scope | undefined,
): Scope {
  const uris = new Map<string, string | undefined>(bindings);
  const elementNames = new Map<string, string>();
  const attributeNames = new Map<string, string>();
  const inner = new Map<string, Scope>();

  function uriOf(prefix: string): string | undefined {
    if (!uris.has(prefix)) uris.set(prefix, outer?.uriOf(prefix));
    return uris.get(prefix);
  }

  function canonicalPrefix(prefix: string): string {
    const uri = uriOf(prefix);
    if (prefix === '') return uri === undefined || uri === '' ? vocabulary : (prefixOfNamespace(uri) ?? '?');
    return (uri === undefined ? customOfPrefix(prefix) : prefixOfNamespace(uri)) ?? `?${prefix}`;
  }

  const scope: Scope = {
    elementName(tag) {
      let name = elementNames.get(tag);
      if (name === undefined) {
        const { prefix, local } = split(tag);
        name = join(canonicalPrefix(prefix), local);
        elementNames.set(tag, name);
      }
      return name;
    },
    attributeName(raw) {
      let name = attributeNames.get(raw);
      if (name === undefined) {
        const { prefix, local } = split(raw);
        name = prefix === '' || prefix === 'xmlns' ? raw.toLowerCase() : join(canonicalPrefix(prefix), local);
        attributeNames.set(raw, name);
      }
      return name;
    },
    with(added) {
      // Feeds bind the same namespace in every entry: what is known of it is kept.
      const key = JSON.stringify([...added]);
      let known = inner.get(key);
      if (known === undefined) {
        if (inner.size >= maxInner) return scope;
        known = createScope(vocabulary, added, scope);
        inner.set(key, known);
      }
      return known;
    },
    uriOf,
  };
  return scope;
}

function split(name: string): { prefix: string; local: string } {
  const colon = name.indexOf(':');
  return colon === -1
    ? { prefix: '', local: name }
    : { prefix: name.slice(0, colon), local: name.slice(colon + 1) };
}

function join(prefix: string, local: string): string {
  return prefix === '' ? local.toLowerCase() : `${prefix}:${local.toLowerCase()}`;
}
