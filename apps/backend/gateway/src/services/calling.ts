import { type AuditEntry, audit, type Trx, type UserCaller } from '@medcall/service-kit';

/** Who asks and from where: what every service of the gateway is handed. */
export interface Calling {
  caller: UserCaller;
  ip: string;
  userAgent: string | null;
  requestId: string;
}

/** Writes an audit row in the caller's transaction, with the request that it belongs to. */
export function auditCall(
  trx: Trx,
  calling: Calling,
  entry: Omit<AuditEntry, 'ip' | 'requestId'>,
): Promise<string> {
  return audit(trx, { ...entry, ip: calling.ip, requestId: calling.requestId });
}
