import { Ajv2020, type Schema } from 'ajv/dist/2020.js';

/** What a JSON Schema (2020-12) says against a value, nothing where it is valid. */
export function schemaComplaints(schema: Schema, value: unknown): readonly string[] {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  const validate = ajv.compile(schema);
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
}
