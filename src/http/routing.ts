import type { FastifyInstance, RouteHandlerMethod } from 'fastify';

/** A resource that is only read: GET and HEAD. */
export function get(app: FastifyInstance, path: string, handler: RouteHandlerMethod): void {
  app.get(path, handler);
}

/** A resource that is only acted on. */
export function post(app: FastifyInstance, path: string, handler: RouteHandlerMethod): void {
  app.post(path, handler);
}

/** The methods that a path has, by what was routed since; none where there is nothing. */
export function watchRoutes(app: FastifyInstance): (path: string) => readonly string[] {
  const routes: { readonly methods: readonly string[]; readonly pattern: RegExp }[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    routes.push({ methods: [method].flat(), pattern: patternOf(url) });
  });
  return (path) => [
    ...new Set(routes.flatMap(({ methods, pattern }) => (pattern.test(path) ? methods : []))),
  ];
}

/** `/items/:apiId`, `/feeds/*` */
function patternOf(route: string): RegExp {
  const source = route
    .replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replace(/:\w+/g, '[^/]+')
    .replace('*', '.*');
  return new RegExp(`^${source}$`);
}
