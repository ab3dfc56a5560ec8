import {
  type Clock,
  type Database,
  type EventSubscription,
  type Logger,
  subscribe,
  systemClock,
} from '@medcall/service-kit';
import type { AuditVerification } from './audit/audit-verification.ts';
import type { GatewayEnv } from './config/env.ts';
import { type AgendaParts, createAgendaParts } from './container/agenda-parts.ts';
import { createAuditParts } from './container/audit-parts.ts';
import { createLimits, createProxy, type EdgeParts } from './container/edge-parts.ts';
import { type Foundation, layFoundation } from './container/foundation.ts';
import { createIdentityParts, type IdentityParts } from './container/identity-parts.ts';
import { createMessageParts, type MessageParts } from './container/message-parts.ts';
import { createPaperParts, type PaperParts } from './container/paper-parts.ts';
import { createRecordParts, type RecordParts } from './container/record-parts.ts';
import { createSigningParts, type SigningParts } from './container/signing-parts.ts';
import { createWebhookParts, type WebhookParts } from './container/webhook-parts.ts';
import type { Resolve } from './webhooks/webhook-target.ts';

/**
 * Everything the gateway is made of. The only place that knows which adapter stands behind a port:
 * this file joins the parts, each subject has a file of its own in `container/`.
 */
export interface Container
  extends AgendaParts,
    EdgeParts,
    IdentityParts,
    MessageParts,
    PaperParts,
    RecordParts,
    SigningParts,
    WebhookParts {
  env: GatewayEnv;
  logger: Logger;
  clock: Clock;
  db: Database;
  auditVerification: AuditVerification;
  /** Listens for other processes' events until `close`. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface ContainerOptions {
  env: GatewayEnv;
  logger: Logger;
  clock?: Clock;
  /** Answering requests and doing jobs are two services to the database, also in one process. */
  work?: 'requests' | 'jobs';
  /** Where names of webhooks point to; a test brings its own. */
  resolve?: Resolve;
}

/** Builds the container. Nothing listens and nobody is connected before `start`. */
export async function createContainer(options: ContainerOptions): Promise<Container> {
  const { env, logger, clock = systemClock, work = 'requests' } = options;
  const systemRole = work === 'jobs' ? 'medcall_jobs' : 'medcall_gateway';
  const foundation = await layFoundation({ env, logger, clock, systemRole });
  const { db, redis } = foundation;
  const identity = createIdentityParts(foundation);
  const messaging = createMessageParts(foundation);
  const signing = await createSigningParts(foundation, options.resolve);
  const proxy = createProxy(env, logger, clock);
  const { chainLinker, auditVerification } = createAuditParts(foundation);
  let subscription: EventSubscription | undefined;

  return {
    env,
    logger,
    clock,
    db,
    limits: createLimits(env, redis),
    proxy,
    ...identity,
    ...messaging,
    ...createRecordParts(foundation, {
      roomKeys: identity.roomKeys,
      tokens: messaging.messages.tokens,
      signer: signing.signer,
    }),
    ...createAgendaParts(foundation),
    ...createPaperParts(foundation, signing),
    ...signing,
    ...createWebhookParts(foundation, options.resolve),
    auditVerification,
    async start() {
      await proxy.table.start();
      chainLinker.start();
      subscription = await listenForEvents(foundation);
    },
    async close() {
      await subscription?.stop();
      // Who never answered a request has linked nothing, and may not.
      if (subscription) await chainLinker.stop();
      await proxy.table.stop();
      await proxy.close();
      redis?.disconnect();
      await db.close();
    },
  };
}

/** Another process may end sessions that this one remembers. */
function listenForEvents({ env, logger, sessions }: Foundation): Promise<EventSubscription> {
  return subscribe({
    url: env.DATABASE_URL,
    applicationName: 'medcall-gateway-events',
    logger,
    handlers: {
      onEvent: (event) => {
        if (event.type === 'session_revoked') sessions.forgetAllLocal();
      },
      onGap: () => sessions.forgetAllLocal(),
    },
  });
}
