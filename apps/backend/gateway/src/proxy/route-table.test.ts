import { describe, expect, it } from 'vitest';
import { builtInRoutes, monolithRoutes, movedSockets, parseRouteTable } from './route-table.ts';

const table = (routes: Record<string, string>, fallback?: string) =>
  parseRouteTable(JSON.stringify({ ...(fallback ? { default: fallback } : {}), routes }));

describe('route table', () => {
  it('without a monolith says who has each path, and sends no socket on', () => {
    expect(builtInRoutes.answererOf('/api/rooms/x?y=1')).toBe('realtime');
    expect(builtInRoutes.answererOf('/api/suggestions')).toBe('ai');
    expect(builtInRoutes.answererOf('/api/patients')).toBe('gateway');
    expect(builtInRoutes.answererOf('/socket.io/?transport=polling')).toBe('gateway');
    expect(builtInRoutes.socketAnswererOf('/socket.io/')).toBeUndefined();
  });

  it('begins with everything at the monolith', () => {
    for (const path of ['/api/patients', '/api/rooms', '/auth/v1/token', '/api/of-old', '/']) {
      expect(monolithRoutes.answererOf(path)).toBe('monolith');
    }
    expect(monolithRoutes.socketAnswererOf('/socket.io/?EIO=4')).toBe('monolith');
    expect(monolithRoutes.socketAnswererOf('/pcm-transcription?sessionId=1')).toBe('monolith');
    expect(monolithRoutes.socketAnswererOf('/other')).toBeUndefined();
  });

  it('the longest prefix decides, whole segments only', () => {
    const routes = table({ '/api/clinic': 'gateway', '/api/clinic/webhook': 'monolith' });
    expect(routes.answererOf('/api/clinic')).toBe('gateway');
    expect(routes.answererOf('/api/clinic/doctors')).toBe('gateway');
    expect(routes.answererOf('/api/clinic/webhook/deliveries?x=1')).toBe('monolith');
    expect(routes.answererOf('/api/clinic/webhooks')).toBe('gateway');
    expect(routes.answererOf('/api/clinics')).toBe('monolith');
    expect(routes.answererOf('/api/CLINIC')).toBe('monolith');
  });

  it('keeps what a service answers below a prefix of the gateway', () => {
    const routes = table({ '/api/clinic': 'gateway' });
    expect(routes.answererOf('/api/clinic/doctors/x/voice')).toBe('realtime');
  });

  it('"services" sends to the monolith only what is named', () => {
    const routes = table({ '/api/rooms': 'monolith' }, 'services');
    expect(routes.answererOf('/api/rooms/1')).toBe('monolith');
    expect(routes.answererOf('/api/guidelines')).toBe('ai');
    expect(routes.answererOf('/api/of-old')).toBe('gateway');
    expect(routes.socketAnswererOf('/socket.io/')).toBe('realtime');
  });

  it.each([
    { '/api/rooms': 'gateway' },
    { '/api/patients': 'ai' },
    { '/socket.io': 'gateway' },
    { '/api': 'gateway' },
    { '/api/rooms/': 'realtime' },
    { '/api/../admin': 'monolith' },
    { '/api/rooms': 'elsewhere' },
  ])('refuses %j', (routes) => {
    expect(() => table(routes)).toThrow();
  });

  it('names the sockets that move', () => {
    const after = table({ '/socket.io': 'realtime' });
    expect(movedSockets(monolithRoutes, after)).toEqual(['/socket.io']);
    expect(movedSockets(after, after)).toEqual([]);
  });
});
