import { createServer } from 'node:http';
import {
  buildInfo,
  closeServer,
  createApp,
  errorHandler,
  healthRoutes,
  limitByAddress,
  listen,
  serveMetrics,
  unknownRoute,
} from '@medcall/service-kit';
import type { Express } from 'express';
import { mountRoutes } from './api/mount.ts';
import type { Route } from './api/route.ts';
import type { Container } from './container.ts';
import { authRoutes } from './identity/auth-routes.ts';
import { observeJobs } from './jobs/observe-jobs.ts';
import { roomKeyRoutes } from './keys/key-routes.ts';
import { serviceLane } from './proxy/service-lane.ts';
import { type ShadowAnswerer, startShadowAnswerer } from './proxy/shadow/shadow-answerer.ts';
import { shadowReads } from './proxy/shadow/shadow-reads.ts';
import { aiUseRoutes } from './routes/ai-use.ts';
import { auditRoutes } from './routes/audit.ts';
import { auditVerifyRoutes } from './routes/audit-verify.ts';
import { availabilityRoutes } from './routes/availability.ts';
import { bookingRoutes } from './routes/booking.ts';
import { calendarRoutes } from './routes/calendar.ts';
import { clinicRoutes } from './routes/clinic.ts';
import { consentRoutes } from './routes/consents.ts';
import { consultationStatusRoutes } from './routes/consultation-status.ts';
import { consultationRoutes } from './routes/consultations.ts';
import { dataRequestRoutes, patientExportRoutes } from './routes/data-requests.ts';
import { deviceRoutes } from './routes/devices.ts';
import { docsRoutes } from './routes/docs.ts';
import { documentRoutes } from './routes/documents.ts';
import { followUpRoutes } from './routes/follow-ups.ts';
import { googleCalendarRoutes } from './routes/google-calendar.ts';
import { incidentRoutes } from './routes/incidents.ts';
import { invitationRoutes } from './routes/invitations.ts';
import { letterRoutes } from './routes/letters.ts';
import { meRoutes } from './routes/me.ts';
import { noteDraftRoutes } from './routes/note-draft.ts';
import { noteRoutes } from './routes/notes.ts';
import { notificationRoutes } from './routes/notifications.ts';
import { outboxPage } from './routes/outbox-page.ts';
import { patientGuardianRoutes } from './routes/patient-guardians.ts';
import { patientMergeRoutes } from './routes/patient-merges.ts';
import { patientRoutes } from './routes/patients.ts';
import { privateNoteRoutes } from './routes/private-notes.ts';
import { proxiedRoutes } from './routes/proxied-routes.ts';
import { refuseAmbiguousPaths } from './routes/proxy.ts';
import { recordRoutes } from './routes/records.ts';
import { secondFactorRoutes } from './routes/second-factor.ts';
import { signingCertificateRoutes } from './routes/signing-certificate.ts';
import { serveSockets } from './routes/socket-proxy.ts';
import { twilioRoutes } from './routes/twilio.ts';
import { verificationRoutes } from './routes/verifications.ts';
import { waitingRoomRoutes } from './routes/waiting-room.ts';
import { webhookRoutes } from './routes/webhook.ts';

/** An upload may be long; how long it may stand still is the proxy's own deadline. */
const longestRequestMs = 30 * 60_000;
const headersDeadlineMs = 15_000;

/** A gateway that can be started, and started again in the same process with another container. */
export interface Gateway {
  /** @returns the port that was taken */
  start(port: number, host: string): Promise<number>;
  stop(): Promise<void>;
}

/** The routes that the gateway answers itself, declared once for router, permissions and document. */
export function localRoutes(container: Container): Route[] {
  const {
    aiUses,
    auditTrail,
    auditVerification,
    clinics,
    consultations,
    devices,
    doctorInvitations,
    consents,
    documentPapers,
    documents,
    invited,
    invitations,
    letters,
    limits,
    noteDrafting,
    notePapers,
    notes,
    patients,
    profile,
    records,
    verifications,
  } = container;
  return [
    ...meRoutes(profile),
    ...deviceRoutes(devices),
    ...consultationRoutes(consultations, invited),
    ...consultationStatusRoutes(consultations),
    ...availabilityRoutes(container.agendaHours),
    ...bookingRoutes(container.selfBooking, container.reservations, limits.exchange),
    ...calendarRoutes(container.bookingCalendar),
    ...signingCertificateRoutes(container.signingCertificates),
    ...googleCalendarRoutes({
      connection: container.googleConnection,
      conflicts: container.googleConflicts,
      push: container.googlePush,
      limiter: limits.exchange,
    }),
    ...consentRoutes(consents, invited),
    ...waitingRoomRoutes(container.waitingRoom, invited),
    ...followUpRoutes(container.followUps),
    ...recordRoutes(records),
    ...noteRoutes(notes, notePapers),
    ...privateNoteRoutes(container.privateNotes),
    ...aiUseRoutes(aiUses),
    ...documentRoutes(documents, documentPapers, invited),
    ...letterRoutes(letters, documentPapers),
    ...verificationRoutes(verifications, limits.exchange),
    ...noteDraftRoutes(noteDrafting),
    ...patientMergeRoutes(container.patientMerges, patients),
    ...patientRoutes(patients, container.patientImport, container.patientDuplicates),
    ...patientGuardianRoutes(container.patientGuardians),
    ...patientExportRoutes(container.patientExport),
    ...dataRequestRoutes(container.dataRequests),
    ...incidentRoutes(container.incidents, container.incidentPeople, container.incidentPapers),
    ...invitationRoutes(invitations, limits.exchange),
    ...clinicRoutes(clinics, doctorInvitations),
    ...secondFactorRoutes(container.clinicSecondFactors),
    ...auditRoutes(auditTrail),
    ...webhookRoutes(container.webhooks, container.webhookDeliveries),
    ...notificationRoutes(container.notifications),
    ...twilioRoutes({
      replies: container.smsReplies,
      statuses: container.smsStatuses,
      authToken: container.env.TWILIO_AUTH_TOKEN ?? null,
      publicUrl: container.env.PUBLIC_GATEWAY_URL,
    }),
    ...auditVerifyRoutes(auditVerification),
  ];
}

export function createGatewayApp(container: Container): Express {
  const { env, logger, db, denials, identity, limits, members, roomKeys, verifier } = container;
  const routes = localRoutes(container);
  const { build, version } = buildInfo(env.MEDCALL_BUILD);
  const app = createApp({
    logger,
    corsOrigins: env.CORS_ORIGINS,
    trustProxyHops: env.TRUST_PROXY_HOPS,
    service: 'gateway',
    isEdge: true,
  });
  // Before the limit: an orchestrator asks often, and the keys are asked by our own services.
  app.use(
    healthRoutes({ service: 'gateway', version, build, checks: { database: () => db.ping() } }),
  );
  app.use(roomKeyRoutes(roomKeys));
  app.use(limitByAddress(limits.general));
  app.use(refuseAmbiguousPaths);
  if (identity) {
    app.use(
      '/auth/v1',
      authRoutes({
        identity: identity.service,
        recovery: identity.recovery,
        admin: identity.admin,
        factors: identity.factors,
        recoveryCodes: identity.recoveryCodes,
        adminFactors: identity.adminFactors,
        serviceRoleKey: env.SUPABASE_SERVICE_ROLE_KEY ?? null,
        frontendUrl: env.PUBLIC_FRONTEND_URL,
        keys: identity.keys,
        limiter: limits.signIn,
        logger,
        version,
      }),
    );
  }
  app.use(
    docsRoutes([...routes, ...proxiedRoutes], { version, serverUrl: env.PUBLIC_GATEWAY_URL }),
  );
  if (container.outbox && env.MEDCALL_DEMO) app.use(outboxPage(container.outbox));
  app.use(
    mountRoutes(routes, {
      verifier,
      members,
      denials,
    }),
  );
  app.use(unknownRoute);
  app.use(errorHandler(logger));
  return app;
}

export function createGateway(container: Container): Gateway {
  const { env, limits, logger, proxy } = container;
  const app = createGatewayApp(container);
  const lane = serviceLane(
    {
      ...proxy,
      table: () => proxy.table.current(),
      limiter: limits.general,
      corsOrigins: env.CORS_ORIGINS,
      trustProxyHops: env.TRUST_PROXY_HOPS,
      logger,
    },
    app,
  );
  let shadowAnswerer: ShadowAnswerer | undefined;
  const { monolith } = proxy.targets;
  const compareReads = monolith
    ? shadowReads({
        table: () => proxy.table.current(),
        monolith,
        own: () => shadowAnswerer,
        report: proxy.shadowReport,
        trustProxyHops: env.TRUST_PROXY_HOPS,
        deadlineMs: env.SHADOW_TIMEOUT_MS,
        logger,
      })
    : undefined;
  const server = createServer(
    { requestTimeout: longestRequestMs, headersTimeout: headersDeadlineMs },
    (req, res) => {
      compareReads?.(req, res);
      lane(req, res);
    },
  );
  let stopMetrics: (() => Promise<void>) | undefined;
  let forgetJobs: (() => void) | undefined;
  const cutSockets = env.MONOLITH_URL
    ? serveSockets(server, {
        ...proxy,
        trustProxyHops: env.TRUST_PROXY_HOPS,
        limiter: limits.general,
        logger,
      })
    : undefined;
  return {
    async start(port, host) {
      await container.start();
      const taken = await listen(server, port, host);
      if (compareReads) shadowAnswerer = await startShadowAnswerer(app, proxy.deadlines);
      stopMetrics = await serveMetrics(container.env.METRICS_PORT, host, {
        '/shadow': () => proxy.shadowReport.read(),
      });
      forgetJobs = observeJobs(container.db);
      container.logger.info({ port: taken }, 'gateway listens');
      return taken;
    },
    async stop() {
      cutSockets?.();
      await closeServer(server);
      await shadowAnswerer?.stop();
      forgetJobs?.();
      await stopMetrics?.();
      await container.close();
    },
  };
}
