/** What `npm run dev` makes for itself and production has to be given. */
export const requiredInProduction: readonly string[] = [
  'DATABASE_URL',
  'AUTH_PROVIDER',
  'INTERNAL_SERVICE_SECRET',
  'NEXTAUTH_SECRET',
  'NEXTAUTH_URL',
  'PUBLIC_GATEWAY_URL',
  'PUBLIC_FRONTEND_URL',
  'NEXT_PUBLIC_GATEWAY_HTTP_URL',
  'NEXT_PUBLIC_REALTIME_WS_URL',
  'CORS_ORIGINS',
];
