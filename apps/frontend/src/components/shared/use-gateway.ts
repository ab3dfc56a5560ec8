'use client';
import { useMemo } from 'react';
import { createGateway, type Gateway } from '#lib/api/gateway.ts';
import { createHttp } from '#lib/api/http.ts';
import { secondStepPath } from '#lib/protected-paths.ts';
import { useAuthStore } from '#store/authStore.ts';
import { useConfig } from './config-provider.tsx';

/** A whole load, as after a sign-in. */
function showFactor(): void {
  const { pathname, search } = window.location;
  window.location.assign(secondStepPath(pathname + search));
}

/** The gateway as the signed-in person. */
export function useGateway(): Gateway {
  const { gatewayUrl } = useConfig();
  const getAccessToken = useAuthStore((state) => state.getAccessToken);
  return useMemo(
    () =>
      createGateway(
        createHttp({ baseUrl: gatewayUrl, getToken: getAccessToken, onSecondFactor: showFactor }),
      ),
    [gatewayUrl, getAccessToken],
  );
}
