/**
 * The vocabularies that feeds are written in, each under its usual prefix, with the URIs that feeds bind
 * to it. The empty prefix is RSS in all its versions. URIs are compared without scheme, case, `www.` and
 * trailing slash, so each variant that differs only there is one line.
 */
const uris: Readonly<Record<string, readonly string[]>> = {
  '': [
    'purl.org/rss/1.0',
    'purl.org/net/rss1.1',
    'purl.org/rss/1.0/modules/rss091',
    'my.netscape.com/rdf/simple/0.9',
    'my.netscape.com/publish/formats/rss-0.91.dtd',
    'channel.netscape.com/rdf/simple/0.9',
    'blogs.law.harvard.edu/tech/rss',
    'cyber.law.harvard.edu/rss',
    'cyber.law.harvard.edu/rss/rss.html',
    'rssboard.org/rss-specification',
  ],
  atom: [
    'w3.org/2005/atom',
    'purl.org/atom/ns',
    'purl.org/pie',
    'purl.org/echo',
    'example.com/newformat',
    'example.com/necho',
    'uri/of/echo/namespace',
  ],
  admin: ['webns.net/mvcb'],
  app: ['w3.org/2007/app', 'purl.org/atom/app'],
  cc: ['web.resource.org/cc', 'creativecommons.org/ns', 'creativecommons.org/ns#license'],
  content: ['purl.org/rss/1.0/modules/content'],
  creativecommons: [
    'backend.userland.com/creativecommonsrssmodule',
    'cyber.law.harvard.edu/rss/creativecommonsrssmodule.html',
  ],
  dc: [
    'purl.org/dc/elements/1.1',
    'purl.org/dc/elements/1.0',
    'purl.org/dc/1.1',
    'purl.org/metadata/dublin_core',
  ],
  dcterms: ['purl.org/dc/terms'],
  feedburner: ['rssnamespace.org/feedburner/ext/1.0'],
  foaf: ['xmlns.com/foaf/0.1'],
  geo: ['w3.org/2003/01/geo/wgs84_pos'],
  georss: ['georss.org/georss'],
  googleplay: [
    'google.com/schemas/play-podcasts/1.0',
    'google.com/schemas/play-podcasts/1.0/play-podcasts.xsd',
  ],
  itunes: [
    'itunes.com/dtds/podcast-1.0.dtd',
    'itunes.apple.com/dtds/podcast-1.0.dtd',
    'example.com/dtds/podcast-1.0.dtd',
    'apple.com/itunes/store/podcaststechspecs.html',
  ],
  media: [
    'search.yahoo.com/mrss',
    'search.yahoo.com/searchmonkey/media',
    'video.search.yahoo.com/mrss',
    'tools.search.yahoo.com/mrss',
  ],
  podcast: [
    'podcastindex.org/namespace/1.0',
    'github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md',
  ],
  rdf: ['w3.org/1999/02/22-rdf-syntax-ns'],
  rdfs: ['w3.org/2000/01/rdf-schema'],
  slash: ['purl.org/rss/1.0/modules/slash'],
  source: ['source.scripting.com'],
  sy: ['purl.org/rss/1.0/modules/syndication'],
  taxo: ['purl.org/rss/1.0/modules/taxonomy'],
  thr: ['purl.org/syndication/thread/1.0', 'purl.org/rss/1.0/modules/threading'],
  webfeeds: ['webfeeds.org/rss/1.0'],
  wfw: ['wellformedweb.org/commentapi'],
  xhtml: ['w3.org/1999/xhtml', 'w3.org/tr/xhtml1', 'w3.org/tr/rec-html40'],
  xml: ['w3.org/xml/1998/namespace'],
};

const prefixes = new Map(Object.entries(uris).flatMap(([prefix, list]) => list.map((uri) => [uri, prefix])));

/** What a prefix means that a document uses without binding it. */
const usual = new Map(Object.keys(uris).map((prefix) => [prefix, prefix]));
for (const [alias, prefix] of [
  ['atom10', 'atom'],
  ['atom03', 'atom'],
  ['a10', 'atom'],
  ['rss', ''],
  ['dct', 'dcterms'],
  ['mrss', 'media'],
  ['h', 'xhtml'],
  ['html', 'xhtml'],
] as const) {
  usual.set(alias, prefix);
}

/** The usual prefix of a namespace; undefined for one that is not of the table. */
export function prefixOfNamespace(uri: string): string | undefined {
  const bare = uri
    .trim()
    .toLowerCase()
    .replace(/^(?:https?:\/\/)?(?:www\.)?/, '')
    .replace(/[/#]{1,2}$/, '');
  // Every version of RSS 2 had its own: rss, rss2, rss091, rss20 …
  return bare.startsWith('backend.userland.com/rss') ? '' : prefixes.get(bare);
}

/** What an unbound prefix means by custom; undefined for one without a custom. */
export function customOfPrefix(prefix: string): string | undefined {
  return usual.get(prefix.toLowerCase());
}
