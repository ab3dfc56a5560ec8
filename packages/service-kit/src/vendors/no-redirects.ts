/**
 * For every call to a vendor or to a service of ours: a redirect would carry what is sent, keys included, to an
 * address that nobody configured. It fails like a line that broke.
 */
export const noRedirects = { redirect: 'error' } as const;
