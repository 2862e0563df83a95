/** What a rule has against a document, under the name that the validator gives it. */
export interface Complaint {
  readonly rule: string;
  readonly level: 'error' | 'warning';
  /** The element, with the one around it: `entry/title`. */
  readonly at: string;
  readonly value: string;
}

/** What the validator only warns about; everything else makes a document invalid. */
const warnings = new Set([
  'ArchiveIncomplete',
  'AttrNotBlank',
  'BadCharacters',
  'CharacterData',
  'ContainsEmail',
  'ContainsHTML',
  'ContainsRelRef',
  'ContainsUndeclaredHTML',
  'DangerousStyleAttr',
  'DuplicateEntries',
  'DuplicateUpdated',
  'FeedHistoryRelInEntry',
  'ImplausibleDate',
  'MissingCurrentInArchive',
  'MissingGuid',
  'MissingSelf',
  'MissingSourceElement',
  'MissingTextualContent',
  'NeedDescriptionBeforeContent',
  'NonCanonicalURI',
  'NotBlank',
  'NotHtml',
  'NotSufficientlyUnique',
  'RelativeSelf',
  'SchemeNotIANARegistered',
  'SecurityRisk',
  'SecurityRiskAttr',
  'SelfDoesntMatchLocation',
  'SelfNotAtom',
  'UnknownHost',
  'UnknownNamespace',
  'UnregisteredAtomLinkRel',
]);

export function complaint(rule: string, at: string, value = ''): Complaint {
  return { rule, level: warnings.has(rule) ? 'warning' : 'error', at, value };
}

/** A check of one value; it is told where the value stands, and how it was written where that matters. */
export type Check = (value: string, at: string, written: string) => readonly Complaint[];

export const allOf =
  (...checks: readonly Check[]): Check =>
  (value, at, written) =>
    checks.flatMap((check) => check(value, at, written));

export const nonblank: Check = (value, at) => (value.trim() === '' ? [complaint('NotBlank', at)] : []);

export const anything: Check = () => [];
