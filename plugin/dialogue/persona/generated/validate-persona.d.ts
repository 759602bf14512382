/** One failed rule of the schema, as Ajv reports it. */
export interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Whether a value is a persona; the errors stand on the function afterwards. */
declare function validate(value: unknown): boolean;
declare namespace validate {
  let errors: readonly SchemaError[] | null;
}
export default validate;
