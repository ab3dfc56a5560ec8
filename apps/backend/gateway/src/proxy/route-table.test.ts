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

describe('what is compared', () => {
  const shadow = (rules: Record<string, unknown>, routes = {}) =>
    parseRouteTable(JSON.stringify({ routes, shadow: rules }));

  it('stands by prefix, the longest one decides, whoever answers', () => {
    const routes = shadow(
      { '/api/patients': { sample: 0.1 }, '/api/patients/duplicates': { ignore: ['$.items[].a'] } },
      { '/api/patients': 'gateway' },
    );
    expect(routes.shadowOf('/api/patients/1?x=y')).toMatchObject({
      prefix: '/api/patients',
      sample: 0.1,
      ignore: [],
    });
    expect(routes.shadowOf('/api/patients/duplicates')).toMatchObject({
      sample: 1,
      ignore: ['$.items[].a'],
    });
    expect(routes.shadowOf('/api/patientsx')).toBeUndefined();
    expect(routes.shadowOf('/api/consultations')).toBeUndefined();
    expect(builtInRoutes.shadowOf('/api/patients')).toBeUndefined();
  });

  it('is no file and nothing that another service answers', () => {
    const routes = shadow({ '/api/consultations': {}, '/api/clinic': {}, '/api/audit': {} });
    expect(routes.shadowOf('/api/consultations/1/note')).toBeDefined();
    for (const path of [
      '/api/consultations/1/note.pdf',
      '/api/consultations/1/event.ics',
      '/api/consultations/1/documents/2/pdf',
      '/api/clinic/doctors/1/voice',
      '/api/audit/verify',
    ]) {
      expect(routes.shadowOf(path), path).toBeUndefined();
    }
  });

  it.each([
    { '/api/guidelines': {} },
    { '/auth/v1': {} },
    { '/socket.io': {} },
    { '/api/calendar': {} },
    { '/api/of-old': {} },
    { '/api/patients': { sample: 0 } },
    { '/api/patients': { sample: 2 } },
    { '/api/patients': { ignore: ['items.name'] } },
    { '/api/patients': { ignored: [] } },
  ])('refuses %j', (rules) => {
    expect(() => shadow(rules)).toThrow();
  });
});
