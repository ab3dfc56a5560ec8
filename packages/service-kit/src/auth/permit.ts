import type { Permission } from '@medcall/shared-types/permission';
import { permissions } from '@medcall/shared-types/permission-table';
import type { RequestHandler } from 'express';
import type { Database } from '../database/database.ts';
import { AppError, notFound } from '../errors/app-error.ts';
import { callerOf } from './authenticate.ts';
import { createDenials } from './denials.ts';
import { membershipOf } from './membership.ts';
import { mayCall, mustNameOwnRoom, roleOf } from './permission.ts';

/**
 * Enforces the permission table in a service whose routes are plain Express. Stands behind
 * `authenticate` and before every route: what is not in the table does not exist.
 */
export function permit(db: Database): RequestHandler {
  const denials = createDenials(db);
  return async (req, _res, next) => {
    const route = findRoute(req.method, req.baseUrl + req.path);
    if (!route) throw notFound();
    const caller = callerOf(req);
    const member = caller.kind === 'member' ? await membershipOf(db, caller) : null;
    const role = roleOf(caller, member);
    if (!mayCall(route.permission, role)) {
      const { id: requestId, ip = '0.0.0.0' } = req;
      await denials.record({ caller, role, member, ip, requestId });
      throw new AppError('forbidden');
    }
    mustNameOwnRoom(caller, route.path, route.params);
    next();
  };
}

interface TableRoute {
  method: string;
  path: string;
  pattern: RegExp;
  permission: Permission;
}

/** Plain words before parameters: `/api/ai-pricing/stats` is no id. */
const routes: readonly TableRoute[] = Object.entries(permissions)
  .map(([name, permission]) => {
    const [method = '', path = ''] = name.split(' ');
    const pattern = path.replaceAll('.', '\\.').replaceAll(/:(\w+)/g, '(?<$1>[^/]+)');
    return { method, path, pattern: new RegExp(`^${pattern}/?$`), permission };
  })
  .toSorted((a, b) => parametersIn(a.path) - parametersIn(b.path));

function parametersIn(path: string): number {
  return path.split(':').length - 1;
}

function findRoute(method: string, path: string) {
  // Express answers HEAD with the handler of GET.
  const asked = method === 'HEAD' ? 'GET' : method;
  for (const { path: declared, pattern, permission, method: served } of routes) {
    const found = served === asked ? pattern.exec(path) : null;
    if (found) return { path: declared, permission, params: { ...found.groups } };
  }
  return undefined;
}
