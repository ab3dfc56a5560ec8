import { join } from 'node:path';
import {
  type AcceptedIssuer,
  type Clock,
  chooseStore,
  createDatabase,
  createDenials,
  createFolderStore,
  createLimiter,
  createRedis,
  createTokenVerifier,
  type Database,
  type Denials,
  type EventSubscription,
  issuersFromEnv,
  type Limiter,
  type Logger,
  type ObjectStore,
  type RedisClient,
  roomIssuer,
  subscribe,
  systemClock,
  type TokenVerifier,
} from '@medcall/service-kit';
import { type AuditVerification, createAuditVerification } from './audit/audit-verification.ts';
import { type ChainLinker, createChainLinker } from './audit/chain-linker.ts';
import { createHeadAnchor } from './audit/head-anchor.ts';
import { createHeadSigner, headSeed } from './audit/head-signer.ts';
import type { GatewayEnv } from './config/env.ts';
import { type Accounts, embeddedAccounts, supabaseAccounts } from './identity/accounts.ts';
import { createEmbeddedIdentity, type EmbeddedIdentity } from './identity/embedded-identity.ts';
import { createKeyedHash, deriveKey } from './keys/derive-key.ts';
import { createSeal, type Seal } from './keys/seal.ts';
import { sealKey } from './keys/seal-key.ts';
import { createSigningKeys, type SigningKeys } from './keys/signing-keys.ts';
import { chooseSenders } from './messages/choose-senders.ts';
import { type MessageDeps, messageBackOff } from './messages/message-deps.ts';
import type { OutboxFolder } from './messages/outbox-folder.ts';
import { createPdfPrinter } from './pdf/pdf-printer.ts';
import { createUpstream, type ProxyDeadlines } from './proxy/upstream.ts';
import type { ProxyTargets } from './routes/proxy.ts';
import { type AuditTrail, createAuditTrail } from './services/audit-trail.ts';
import { type Clinics, createClinics } from './services/clinics.ts';
import { type Consents, createConsents } from './services/consents.ts';
import { type Consultations, createConsultations } from './services/consultations.ts';
import { createDataRequests, type DataRequests } from './services/data-requests/data-requests.ts';
import {
  createPatientExport,
  type PatientExport,
} from './services/data-requests/patient-export.ts';
import { createDevices, type Devices } from './services/devices.ts';
import { createDoctorInvitations, type DoctorInvitations } from './services/doctor-invitations.ts';
import { createDocuments, type Documents } from './services/documents/documents.ts';
import { createLetters, type Letters } from './services/documents/letters.ts';
import { createVerifications, type Verifications } from './services/documents/verifications.ts';
import { createFollowUps, type FollowUps } from './services/follow-ups.ts';
import { createInvitationTokens } from './services/invitation-tokens.ts';
import { createInvitations, type Invitations } from './services/invitations.ts';
import { createInvited, type Invited } from './services/invited.ts';
import { createMembers, type Members } from './services/members.ts';
import { createAiDrafts } from './services/notes/ai-drafts.ts';
import { type AiUses, createAiUses } from './services/notes/ai-use.ts';
import { createNoteDrafting, type NoteDrafting } from './services/notes/note-drafting.ts';
import { createNotes, type Notes } from './services/notes/notes.ts';
import { createNotifications, type Notifications } from './services/notifications.ts';
import { createDocumentPapers, type DocumentPapers } from './services/papers/document-papers.ts';
import { createNotePapers, type NotePapers } from './services/papers/note-papers.ts';
import { createPaperArchive } from './services/papers/paper-archive.ts';
import { createPatients, type Patients } from './services/patients.ts';
import { createProfile, type Profile } from './services/profile.ts';
import { createRecords, type Records } from './services/records.ts';
import { createSessionCache, type SessionCache } from './services/session-cache.ts';
import { createSmsReplies, type SmsReplies } from './services/sms-replies.ts';
import { createSmsStatuses, type SmsStatuses } from './services/sms-status.ts';

/** Papers for patients: what they say, their PDF, the check of their codes. */
interface PaperServices {
  notePapers: NotePapers;
  documents: Documents;
  documentPapers: DocumentPapers;
  letters: Letters;
  verifications: Verifications;
  patientExport: PatientExport;
}

import { createWebhookDeliveries, type WebhookDeliveries } from './services/webhook-deliveries.ts';
import { createWebhooks, type Webhooks } from './services/webhooks.ts';
import { type WebhookDeps, webhookBackOff } from './webhooks/webhook-deps.ts';
import { type Resolve, systemResolve } from './webhooks/webhook-target.ts';

/** Everything the gateway is made of. The only place that knows which adapter stands behind a port. */
export interface Container extends PaperServices {
  env: GatewayEnv;
  logger: Logger;
  clock: Clock;
  db: Database;
  verifier: TokenVerifier;
  roomKeys: SigningKeys;
  /** Null when a Supabase project is the identity. */
  identity: EmbeddedIdentity | null;
  limits: { general: Limiter; signIn: Limiter; exchange: Limiter };
  proxy: { targets: ProxyTargets; deadlines: ProxyDeadlines };
  members: Members;
  denials: Denials;
  profile: Profile;
  devices: Devices;
  consultations: Consultations;
  consents: Consents;
  followUps: FollowUps;
  dataRequests: DataRequests;
  records: Records;
  notes: Notes;
  noteDrafting: NoteDrafting;
  aiUses: AiUses;
  patients: Patients;
  invitations: Invitations;
  invited: Invited;
  clinics: Clinics;
  doctorInvitations: DoctorInvitations;
  auditTrail: AuditTrail;
  notifications: Notifications;
  smsReplies: SmsReplies;
  smsStatuses: SmsStatuses;
  /** What the jobs that send messages take. */
  messages: MessageDeps;
  webhooks: Webhooks;
  webhookDeliveries: WebhookDeliveries;
  /** What the jobs that deliver webhooks take. */
  delivery: WebhookDeps;
  /** Where messages are kept that go nowhere; null when they all go out. */
  outbox: OutboxFolder | null;
  auditVerification: AuditVerification;
  /** Listens for other processes' events until `close`. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface ContainerOptions {
  env: GatewayEnv;
  logger: Logger;
  clock?: Clock;
  /** Where names of webhooks point to; a test brings its own. */
  resolve?: Resolve;
}

/** Builds the container. Nothing listens and nobody is connected before `start`. */
export async function createContainer(options: ContainerOptions): Promise<Container> {
  const { env, logger, clock = systemClock } = options;
  const db = createDatabase({
    url: env.DATABASE_URL,
    applicationName: 'medcall-gateway',
    poolSize: env.DATABASE_POOL_SIZE,
    logger,
    clock,
  });
  const redis = env.REDIS_URL ? createRedis(env.REDIS_URL, logger) : undefined;
  const sessions = createSessionCache(clock, logger, redis);
  const rootKey = await sealKey(env.KEY_ENCRYPTION_KEY, env.DATA_DIR);
  const seal = createSeal(rootKey);
  const messaging = createMessaging(env, { db, clock, logger, rootKey, seal });
  const { chainLinker, auditVerification } = await createAuditParts(env, { db, logger });
  const roomKeys = createSigningKeys('room', { db, seal, logger, clock });
  const identityKeys =
    env.AUTH_PROVIDER === 'embedded'
      ? createSigningKeys('identity', { db, seal, logger, clock })
      : undefined;
  const verifier = createTokenVerifier(acceptedIssuers(env, roomKeys, identityKeys));
  const proxy = createProxy(env);
  const identity = identityKeys
    ? createEmbeddedIdentity({
        db,
        keys: identityKeys,
        verifier,
        seal,
        issuer: embeddedIssuer(env),
        frontendUrl: env.PUBLIC_FRONTEND_URL,
        clock,
        logger,
        forgetSessions: (ids) => sessions.forget(ids),
      })
    : null;
  let subscription: EventSubscription | undefined;

  return {
    env,
    logger,
    clock,
    db,
    verifier,
    roomKeys,
    identity,
    limits: createLimits(env, redis),
    proxy,
    members: createMembers(db, sessions),
    denials: createDenials(db),
    profile: createProfile(db, {
      realtimeUrl: env.NEXT_PUBLIC_REALTIME_WS_URL,
      demo: env.MEDCALL_DEMO,
    }),
    devices: createDevices({ db, clock, forgetSessions: (ids) => sessions.forget(ids) }),
    consultations: createConsultations(db),
    consents: createConsents(db),
    followUps: createFollowUps(db, clock),
    dataRequests: createDataRequests(db, clock),
    records: createRecords(db),
    ...createNoteServices(env, { db, clock }),
    ...createPaperServices(env, { db, clock, logger }),
    patients: createPatients(db),
    invitations: createInvitations({
      db,
      keys: roomKeys,
      clock,
      tokens: messaging.messages.tokens,
      frontendUrl: env.PUBLIC_FRONTEND_URL,
    }),
    invited: createInvited(db, clock),
    doctorInvitations: createDoctorInvitations(db, chooseAccounts(env, identity)),
    clinics: createClinics({ db, clock, forgetSessions: (ids) => sessions.forget(ids) }),
    auditTrail: createAuditTrail(db),
    ...messaging,
    auditVerification,
    ...createWebhooking(env, { db, clock, logger, seal, resolve: options.resolve }),
    async start() {
      chainLinker.start();
      subscription = await listenForEvents(env, logger, sessions);
    },
    async close() {
      await subscription?.stop();
      await chainLinker.stop();
      await Promise.all([proxy.targets.realtime.pool.destroy(), proxy.targets.ai.pool.destroy()]);
      redis?.disconnect();
      await db.close();
    },
  };
}

/** Another process may end sessions that this one remembers. */
function listenForEvents(
  env: GatewayEnv,
  logger: Logger,
  sessions: SessionCache,
): Promise<EventSubscription> {
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

/** What keeps and proves the audit chain; the key and one copy of each head stay outside of the database. */
export async function createAuditParts(
  env: GatewayEnv,
  { db, logger }: { db: Database; logger: Logger },
): Promise<{ chainLinker: ChainLinker; auditVerification: AuditVerification }> {
  const key = await sealKey(env.KEY_ENCRYPTION_KEY, env.DATA_DIR);
  const signer = createHeadSigner(
    headSeed(env.AUDIT_SIGNING_KEY, key),
    env.AUDIT_PUBLIC_KEYS.map((raw) => Buffer.from(raw, 'base64')),
  );
  const anchor = createHeadAnchor(objectStoreOf(env));
  return {
    chainLinker: createChainLinker({ db, signer, anchor, logger }),
    auditVerification: createAuditVerification({ db, signer, anchor }),
  };
}

function objectStoreOf(env: GatewayEnv): ObjectStore {
  return chooseStore(env) ?? createFolderStore(join(env.DATA_DIR, 'objects'));
}

function createNoteServices(
  env: GatewayEnv,
  { db, clock }: { db: Database; clock: Clock },
): Pick<Container, 'notes' | 'noteDrafting' | 'aiUses'> {
  const ai = createAiDrafts({ baseUrl: env.AI_SERVICE_URL, secret: env.INTERNAL_SERVICE_SECRET });
  return {
    notes: createNotes(db, clock),
    noteDrafting: createNoteDrafting(db, ai),
    aiUses: createAiUses(db),
  };
}

function createPaperServices(
  env: GatewayEnv,
  { db, clock, logger }: { db: Database; clock: Clock; logger: Logger },
): PaperServices {
  const papers = {
    db,
    logger,
    frontendUrl: env.PUBLIC_FRONTEND_URL,
    archive: createPaperArchive({
      printer: createPdfPrinter(),
      store: objectStoreOf(env),
      logger,
    }),
  };
  const notePapers = createNotePapers(papers);
  const documentPapers = createDocumentPapers(papers);
  return {
    notePapers,
    documentPapers,
    documents: createDocuments(db, clock),
    patientExport: createPatientExport({ db, clock, notePapers, documentPapers }),
    letters: createLetters(db, clock),
    verifications: createVerifications(db),
  };
}

function createWebhooking(
  env: GatewayEnv,
  parts: Pick<WebhookDeps, 'db' | 'clock' | 'logger' | 'seal'> & { resolve: Resolve | undefined },
): Pick<Container, 'webhooks' | 'webhookDeliveries' | 'delivery'> {
  const { clock, db, logger, resolve = systemResolve, seal } = parts;
  const delivery: WebhookDeps = {
    db,
    clock,
    logger,
    seal,
    rules: { resolve, allowLoopback: env.WEBHOOK_ALLOW_LOOPBACK },
    timeoutMs: env.WEBHOOK_TIMEOUT_MS,
    backOff: { ...webhookBackOff, firstMs: env.DELIVERY_RETRY_MS },
  };
  return {
    delivery,
    webhooks: createWebhooks(delivery),
    webhookDeliveries: createWebhookDeliveries(delivery),
  };
}

interface MessagingParts {
  db: Database;
  clock: Clock;
  logger: Logger;
  rootKey: Uint8Array;
  seal: Seal;
}

/** What sends messages, and what hears of them. */
function createMessaging(
  env: GatewayEnv,
  { clock, db, logger, rootKey, seal }: MessagingParts,
): Pick<Container, 'messages' | 'notifications' | 'smsReplies' | 'smsStatuses' | 'outbox'> {
  const { mailer, outbox, sms } = chooseSenders(env, logger);
  const recipientHash = createKeyedHash(deriveKey(rootKey, 'recipients'));
  return {
    outbox,
    notifications: createNotifications(db),
    smsReplies: createSmsReplies({ db, clock, recipientHash }),
    smsStatuses: createSmsStatuses({ db, clock, provider: sms.name }),
    messages: {
      db,
      clock,
      logger,
      mailer,
      sms,
      seal,
      tokens: createInvitationTokens(createKeyedHash(deriveKey(rootKey, 'invitations'))),
      recipientHash,
      frontendUrl: env.PUBLIC_FRONTEND_URL,
      backOff: { ...messageBackOff, firstMs: env.DELIVERY_RETRY_MS },
    },
  };
}

function embeddedIssuer(env: GatewayEnv): string {
  return `${env.PUBLIC_GATEWAY_URL}/auth/v1`;
}

function chooseAccounts(env: GatewayEnv, identity: EmbeddedIdentity | null): Accounts {
  if (identity) return embeddedAccounts(identity.admin);
  return supabaseAccounts({
    url: env.SUPABASE_URL ?? '',
    serviceRoleKey: env.SUPABASE_SERVICE_ROLE_KEY ?? null,
    frontendUrl: env.PUBLIC_FRONTEND_URL,
  });
}

/** Our own keys are at hand: they are not fetched from ourselves over HTTP. */
function acceptedIssuers(
  env: GatewayEnv,
  roomKeys: SigningKeys,
  identityKeys: SigningKeys | undefined,
): AcceptedIssuer[] {
  const own = new Map([[roomIssuer, roomKeys]]);
  if (identityKeys) own.set(embeddedIssuer(env), identityKeys);
  return issuersFromEnv(env, 'gateway', ['realtime-service', 'ai-service']).map((issuer) => {
    const keys = own.get(issuer.issuer);
    return keys ? { ...issuer, key: keys.verificationKey } : issuer;
  });
}

function createLimits(env: GatewayEnv, redis: RedisClient | undefined): Container['limits'] {
  const minute = { durationSeconds: 60 };
  return {
    general: createLimiter(
      { ...minute, prefix: 'ratelimit', points: env.RATE_LIMIT_PER_MINUTE },
      redis,
    ),
    signIn: createLimiter(
      { ...minute, prefix: 'ratelimit:auth', points: env.AUTH_RATE_LIMIT_PER_MINUTE },
      redis,
    ),
    exchange: createLimiter(
      { ...minute, prefix: 'ratelimit:invitation', points: env.INVITATION_RATE_LIMIT_PER_MINUTE },
      redis,
    ),
  };
}

function createProxy(env: GatewayEnv): Container['proxy'] {
  const deadlines = {
    connectMs: env.PROXY_CONNECT_TIMEOUT_MS,
    headersMs: env.PROXY_HEADERS_TIMEOUT_MS,
    bodyIdleMs: env.PROXY_BODY_IDLE_TIMEOUT_MS,
  };
  return {
    deadlines,
    targets: {
      realtime: createUpstream('realtime-service', env.REALTIME_SERVICE_URL, deadlines),
      ai: createUpstream('ai-service', env.AI_SERVICE_URL, deadlines),
    },
  };
}
