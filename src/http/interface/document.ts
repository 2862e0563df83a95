import { groups, problems, ref, type Operation, type Parameter, type ProblemStatus } from './operation.ts';
import { operations } from './operations.ts';
import { inPath } from './parameters.ts';
import { schemas } from './schemas.ts';

/** The HTTP interface in OpenAPI 3.1, made from the table of its operations. */
export function describeInterface(title: string, url: string, version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations) {
    const { path, method = 'get' } = operation;
    paths[path] = { ...paths[path], [method]: describeOperation(operation) };
  }
  return {
    openapi: '3.1.0',
    info: { title, version, description: 'Many feeds flow in, one clean river flows out.' },
    servers: [{ url }],
    tags: Object.values(groups).map((name) => ({ name })),
    paths,
    components: { schemas, responses: problemAnswers(), securitySchemes },
  };
}

const securitySchemes = {
  admin: { type: 'http', scheme: 'bearer', description: 'server.adminToken' },
  reader: { type: 'http', scheme: 'basic', description: 'server.readers, where there are any' },
};

function describeOperation(operation: Operation): object {
  const { id, method = 'get', summary, group, parameters = [] } = operation;
  return {
    operationId: id,
    summary,
    tags: [groups[group]],
    security: method === 'post' ? [{ admin: [] }] : [{}, { reader: [] }, { admin: [] }],
    parameters: [...pathParameters(operation.path), ...parameters.map(queryParameter)],
    responses: describeAnswers(operation),
  };
}

function pathParameters(path: string): readonly object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    ...inPath[name],
  }));
}

/** Lists are given as `topic=a&topic=b`, which is what OpenAPI takes for granted. */
const queryParameter = (parameter: Parameter): object => ({ in: 'query', ...parameter });

function describeAnswers({
  method = 'get',
  answer,
  problems: own = [],
  isUnkept = false,
}: Operation): object {
  const content = Object.fromEntries(Object.entries(answer).map(([type, schema]) => [type, { schema }]));
  const mayBeWrong: readonly ProblemStatus[] = [...own, 401, 405, 429];
  return {
    200: { description: 'As asked.', content },
    ...(method === 'get' && !isUnkept && { 304: { description: 'What the client has is still so.' } }),
    ...Object.fromEntries(
      mayBeWrong.map((status) => [status, { $ref: `#/components/responses/${problems[status][0]}` }]),
    ),
  };
}

/** RFC 9457 */
function problemAnswers(): object {
  return Object.fromEntries(
    Object.values(problems).map(([name, description]) => [
      name,
      { description, content: { 'application/problem+json': { schema: ref('Problem') } } },
    ]),
  );
}
