import { useAuthStore } from '#store/authStore.ts';
import { leastLifeMs } from './session-types.ts';

/**
 * Has the session of the cookie renewed in its one route. `unavailable`: it would still be refused by the
 * server's actions, and the page must not come anew for that.
 */
export async function renewForServer(
  store: Pick<typeof useAuthStore, 'getState'> = useAuthStore,
  nowMs: () => number = Date.now,
): Promise<'renewed' | 'expired' | 'unavailable'> {
  await store.getState().load();
  const { expiresAtMs, status } = store.getState();
  if (status === 'expired' || status === 'signed-out') return 'expired';
  return expiresAtMs - nowMs() >= leastLifeMs ? 'renewed' : 'unavailable';
}
