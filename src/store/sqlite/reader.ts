import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Row } from './rows.ts';

/** Reads rows; each statement is prepared once. */
export interface Reader {
  readonly all: (sql: string, ...values: (string | number | null)[]) => readonly Row[];
}

export function createReader(database: DatabaseSync): Reader {
  const statements = new Map<string, StatementSync>();
  return {
    all: (sql, ...values) => {
      let statement = statements.get(sql);
      if (!statement) {
        statement = database.prepare(sql);
        statements.set(sql, statement);
      }
      return statement.all(...values);
    },
  };
}
