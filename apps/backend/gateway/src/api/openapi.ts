import { asksNoToken, errorBody, permissionOf, rolesOf, routeName } from '@medcall/shared-types';
import { z } from 'zod';

type Schema = Record<string, unknown>;

/** What the document needs of a route; the routes of the services behind the gateway give it too. */
export interface DocumentedRoute {
  method: string;
  path: string;
  tag: string;
  summary: string;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /** Media type of the request; JSON when left out. */
  bodyType?: string;
  success: {
    status: number;
    description: string;
    json?: z.core.$ZodType;
    text?: readonly string[];
    bytes?: readonly string[];
  };
}

export interface DocumentFacts {
  version: string;
  serverUrl: string;
}

const errorsOfEveryRoute = {
  400: 'Pedido inválido',
  404: 'Não encontrado, ou de outra clínica',
  429: 'Muitas tentativas',
  503: 'Serviço fora do ar',
} as const;

/** The OpenAPI 3.1 document of all routes, from the same zod schemas that check the requests. */
export function openApiDocument(routes: readonly DocumentedRoute[], facts: DocumentFacts): Schema {
  const paths: Record<string, Record<string, Schema>> = {};
  for (const documented of routes) {
    const path = documented.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [documented.method]: operation(documented) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'MedCall AI',
      version: facts.version,
      description: 'API REST da MedCall AI: gateway, realtime-service e ai-service.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: facts.serverUrl }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Error: jsonSchema(errorBody, 'output') },
    },
  };
}

function operation(documented: DocumentedRoute): Schema {
  const permission = permissionOf(routeName(documented.method, documented.path));
  const isPublic = asksNoToken(permission);
  return {
    operationId: operationId(documented),
    tags: [documented.tag],
    summary: documented.summary,
    ...(isPublic
      ? { security: [] }
      : { 'x-roles': rolesOf(permission), 'x-permission': permission }),
    parameters: [...parameters(documented, 'path'), ...parameters(documented, 'query')],
    ...(documented.body ? { requestBody: requestBody(documented.body, documented.bodyType) } : {}),
    responses: {
      [documented.success.status]: success(documented.success),
      ...errorResponses(isPublic ? errorsOfEveryRoute : { ...errorsOfEveryRoute, ...authErrors }),
    },
  };
}

const authErrors = { 401: 'Sem sessão válida', 403: 'Sem permissão' } as const;

function operationId({ method, path }: DocumentedRoute): string {
  return `${method}_${path.replace(/^\/api\//, '').replace(/[^A-Za-z0-9]+/g, '_')}`;
}

function parameters(documented: DocumentedRoute, place: 'path' | 'query'): Schema[] {
  const schema = place === 'path' ? documented.params : documented.query;
  const names = [...documented.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
  if (!schema) {
    const plain = (name: string) => ({
      name,
      in: place,
      required: true,
      schema: { type: 'string' },
    });
    return place === 'path' ? names.map(plain) : [];
  }
  const shape = jsonSchema(schema, 'input');
  const required = Array.isArray(shape.required) ? shape.required : [];
  return Object.entries((shape.properties ?? {}) as Record<string, Schema>).map(
    ([name, property]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      schema: property,
    }),
  );
}

function requestBody(body: z.ZodType, mediaType = 'application/json'): Schema {
  return { required: true, content: { [mediaType]: { schema: jsonSchema(body, 'input') } } };
}

function success({ description, json, text, bytes }: DocumentedRoute['success']): Schema {
  const content: Record<string, Schema> = {};
  if (json) content['application/json'] = { schema: jsonSchema(json, 'output') };
  for (const mediaType of text ?? []) content[mediaType] = { schema: { type: 'string' } };
  for (const mediaType of bytes ?? []) {
    content[mediaType] = { schema: { type: 'string', format: 'binary' } };
  }
  return Object.keys(content).length > 0 ? { description, content } : { description };
}

function errorResponses(errors: Record<number, string>): Record<string, Schema> {
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };
  return Object.fromEntries(
    Object.entries(errors).map(([status, description]) => [status, { description, content }]),
  );
}

function jsonSchema(schema: z.core.$ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
