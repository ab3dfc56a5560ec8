import { createClient, type SupabaseClient } from '@supabase/supabase-js';

export interface BrowserSupabaseOptions {
  url: string;
  anonKey: string;
  /** The short-lived token of `/api/auth/session`. */
  getAccessToken: () => Promise<string | null>;
}

/**
 * A Supabase client for the page. It stores nothing and refreshes nothing: only
 * `/api/auth/session` spends a refresh token.
 */
export function createBrowserSupabase(options: BrowserSupabaseOptions): SupabaseClient {
  return createClient(options.url, options.anonKey, { accessToken: options.getAccessToken });
}
