import { permissions } from '@medcall/shared-types';

const templates = Object.keys(permissions)
  .filter((name) => name.startsWith('GET /'))
  .map((name) => name.slice('GET '.length))
  // Named parts before placeholders: /api/patients/duplicates is no patient.
  .sort((a, b) => Number(a.includes(':')) - Number(b.includes(':')))
  .map((template) => ({
    template,
    path: new RegExp(`^${template.replaceAll('.', '\\.').replace(/:[A-Za-z]+/g, '[^/]+')}$`),
  }));

/**
 * What a path is called in reports and labels: the route's template, of the closed list of the permission
 * table; the prefix for a path that only the monolith knows. Ids and names in paths are never written.
 */
export function routeName(path: string, prefix: string): string {
  return templates.find((one) => one.path.test(path))?.template ?? `${prefix}/…`;
}
