/** A JSON Schema (2020-12). */
export type Schema = Readonly<Record<string, unknown>>;

export interface Parameter {
  readonly name: string;
  readonly description: string;
  readonly schema: Schema;
}

/** What can be asked of one path, by one method. */
export interface Operation {
  /** Unique, for programs that are made from the description. */
  readonly id: string;
  readonly method?: 'get' | 'post';
  /** `/items/{apiId}` */
  readonly path: string;
  readonly summary: string;
  readonly group: Group;
  /** Of the query; those of the path are known by their names. */
  readonly parameters?: readonly Parameter[];
  /** What a 200 holds, by media type. */
  readonly answer: Readonly<Record<string, Schema>>;
  /** What can be wrong but for what can be wrong with every request. */
  readonly problems?: readonly ProblemStatus[];
  /** Whether the answer is never the same, and so never 304. */
  readonly isUnkept?: boolean;
}

export const groups = {
  feeds: 'Feeds',
  data: 'Data',
  pages: 'Pages',
  operation: 'Operation',
} as const;

export type Group = keyof typeof groups;

/** Errors by their status, as the description names them. */
export const problems = {
  400: ['BadRequest', 'A parameter that is not allowed; the detail says what was found and what is.'],
  401: ['Unauthorized', 'A name and a password, or the admin token, are needed.'],
  404: ['NotFound', 'There is no such thing.'],
  405: ['MethodNotAllowed', 'The method is not possible here; Allow says which are.'],
  409: ['Conflict', 'It cannot be done now; the detail says why.'],
  429: ['TooManyRequests', 'Too many requests; Retry-After says when to come again.'],
  503: ['ServiceUnavailable', 'Nothing has been rendered yet; Retry-After says when to come again.'],
} as const;

export type ProblemStatus = keyof typeof problems;

/** A schema of the description by its name. */
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

export const json = (name: string) => ({ 'application/json': ref(name) });
