import {
  auditEntry,
  type CreateDataRequest,
  clinic,
  clinicDoctor,
  clinicSecondFactor,
  dataRequest,
  erasureResult,
  type InviteDoctor,
  type ListAuditQuery,
  type ListDataRequestsQuery,
  type ListDeliveriesQuery,
  type ListNotificationsQuery,
  listOf,
  notification,
  type ResolveNotification,
  type UpdateClinic,
  type UpdateDataRequest,
  type UpdateDoctor,
  webhookDelivery,
  webhookSettings,
} from '@medcall/shared-types';
import type { Http } from '../http.ts';

const doctorList = listOf(clinicDoctor);
const deliveryList = listOf(webhookDelivery);
const notificationList = listOf(notification);
const auditList = listOf(auditEntry);
const dataRequestList = listOf(dataRequest);

/** What an administrator looks after: the clinic, its people, webhook, messages, audit, data subjects. */
export function clinicCalls(http: Http) {
  const id = encodeURIComponent;
  return {
    clinic: () => http({ path: '/api/clinic', answer: clinic }),
    updateClinic: (body: UpdateClinic) =>
      http({ method: 'PATCH', path: '/api/clinic', body, answer: clinic }),
    doctors: () => http({ path: '/api/clinic/doctors', answer: doctorList }),
    inviteDoctor: (body: InviteDoctor) =>
      http({ method: 'POST', path: '/api/clinic/doctors', body, answer: clinicDoctor }),
    updateDoctor: (doctorId: string, body: UpdateDoctor) =>
      http({
        method: 'PATCH',
        path: `/api/clinic/doctors/${id(doctorId)}`,
        body,
        answer: clinicDoctor,
      }),
    deactivateDoctor: (doctorId: string) =>
      http({
        method: 'POST',
        path: `/api/clinic/doctors/${id(doctorId)}/deactivate`,
        answer: clinicDoctor,
      }),
    secondFactorRule: () => http({ path: '/api/clinic/second-factor', answer: clinicSecondFactor }),
    requireSecondFactor: (required: boolean) =>
      http({
        method: 'PUT',
        path: '/api/clinic/second-factor',
        body: { required },
        answer: clinicSecondFactor,
      }),
    resetSecondFactor: (memberId: string) =>
      http({
        method: 'POST',
        path: `/api/clinic/second-factor/${id(memberId)}/reset`,
        answer: clinicSecondFactor,
      }),
    webhook: () => http({ path: '/api/clinic/webhook', answer: webhookSettings }),
    updateWebhook: (url: string | null) =>
      http({ method: 'PUT', path: '/api/clinic/webhook', body: { url }, answer: webhookSettings }),
    renewWebhookSecret: () =>
      http({ method: 'POST', path: '/api/clinic/webhook/secret', answer: webhookSettings }),
    testWebhook: () =>
      http({ method: 'POST', path: '/api/clinic/webhook/test', answer: webhookDelivery }),
    deliveries: (query: Partial<ListDeliveriesQuery>) =>
      http({ path: '/api/clinic/webhook/deliveries', query, answer: deliveryList }),
    resendDelivery: (deliveryId: string) =>
      http({
        method: 'POST',
        path: `/api/clinic/webhook/deliveries/${id(deliveryId)}/resend`,
        answer: webhookDelivery,
      }),
    notifications: (query: Partial<ListNotificationsQuery>) =>
      http({ path: '/api/notifications', query, answer: notificationList }),
    readNotification: (notificationId: string) =>
      http({
        method: 'POST',
        path: `/api/notifications/${id(notificationId)}/read`,
        answer: notification,
      }),
    resolveNotification: (notificationId: string, outcome: ResolveNotification['outcome']) =>
      http({
        method: 'POST',
        path: `/api/notifications/${id(notificationId)}/resolve`,
        body: { outcome },
        answer: notification,
      }),
    audit: (query: Partial<Omit<ListAuditQuery, 'format'>>) =>
      http({ path: '/api/audit', query, answer: auditList }),
    dataRequests: (query: Partial<ListDataRequestsQuery>) =>
      http({ path: '/api/data-requests', query, answer: dataRequestList }),
    createDataRequest: (body: CreateDataRequest) =>
      http({ method: 'POST', path: '/api/data-requests', body, answer: dataRequest }),
    updateDataRequest: (requestId: string, body: UpdateDataRequest) =>
      http({
        method: 'PATCH',
        path: `/api/data-requests/${id(requestId)}`,
        body,
        answer: dataRequest,
      }),
    eraseByRequest: (requestId: string) =>
      http({
        method: 'POST',
        path: `/api/data-requests/${id(requestId)}/erase`,
        answer: erasureResult,
      }),
  };
}
