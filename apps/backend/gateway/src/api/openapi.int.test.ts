import { permissions, routeName } from '@medcall/shared-types';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serviceOf } from '../proxy/built-in-routes.ts';
import { type Api, aGateway, apiOf, type TestGateway } from '../testing/world.ts';

let gateway: TestGateway;
let nobody: Api;

beforeAll(async () => {
  gateway = await aGateway();
  nobody = apiOf(gateway);
});
afterAll(() => gateway?.stop());

type Operation = { security?: unknown[]; 'x-roles'?: string[]; operationId: string };

describe('OpenAPI document', () => {
  it('is valid by the schema of OpenAPI 3.1', async () => {
    const { body } = await nobody('GET', '/api/docs.json');
    const result = await new Validator().validate(body);
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
  });

  it('says of every operation who may call it, under a name of its own', async () => {
    const { body } = await nobody('GET', '/api/docs.json');
    const operations = Object.values(
      body.paths as Record<string, Record<string, Operation>>,
    ).flatMap((methods) => Object.values(methods));
    for (const { security, operationId, ...rest } of operations) {
      const roles = rest['x-roles'] ?? [];
      expect(security?.length === 0 || roles.length > 0, operationId).toBe(true);
    }
    const names = operations.map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
  });

  it('tells the truth: every local operation that is not public refuses a caller without a token', async () => {
    const { body } = await nobody('GET', '/api/docs.json');
    const id = '0b6d5a1e-7a52-4b4e-8a6b-3f5c4dc6a001';
    const paths = body.paths as Record<string, Record<string, Operation>>;
    let asked = 0;
    for (const [path, methods] of Object.entries(paths)) {
      if (serviceOf(path.replaceAll(/\{\w+\}/g, id)) !== undefined) continue;
      for (const [method, operation] of Object.entries(methods)) {
        if (operation.security?.length === 0) continue;
        const answer = await nobody(
          method.toUpperCase(),
          path.replaceAll(/\{\w+\}/g, id),
          method === 'get' ? undefined : {},
        );
        expect([answer.status, answer.body?.error?.code], `${method} ${path}`).toEqual([
          401,
          'unauthenticated',
        ]);
        asked += 1;
      }
    }
    expect(asked).toBeGreaterThan(15);
  });
});

describe('the permission table', () => {
  it('has exactly the routes that the document shows people', async () => {
    const { body } = await nobody('GET', '/api/docs.json');
    const documented = Object.entries(
      body.paths as Record<string, Record<string, Operation>>,
    ).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => routeName(method, path.replace(/\{(\w+)\}/g, ':$1'))),
    );
    // What only our services call is not behind the gateway.
    const forPeople = Object.entries(permissions)
      .filter(([, permission]) => Object.keys(permission).join() !== 'service')
      .map(([name]) => name);
    expect(documented.toSorted()).toEqual(forPeople.toSorted());
  });
});
