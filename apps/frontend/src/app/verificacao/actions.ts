'use server';
import { z } from 'zod';
import type { FactorFailure } from '#lib/auth/raise.ts';
import {
  beginEnrolment,
  type EnrolAnswer,
  makeRecoveryCodes,
  type OwnFactors,
  ownFactors,
  removeFactor,
} from '#lib/auth/second-factor.ts';

/** Next refuses actions from other origins before they get here. */
export async function beginEnrolmentAction(): Promise<EnrolAnswer> {
  return beginEnrolment();
}

export async function makeRecoveryCodesAction(): Promise<string[] | FactorFailure | null> {
  return makeRecoveryCodes();
}

export async function ownFactorsAction(): Promise<OwnFactors | null> {
  return ownFactors();
}

export async function removeFactorAction(factorId: unknown): Promise<'ok' | FactorFailure> {
  const id = z.uuid().safeParse(factorId);
  return id.success ? removeFactor(id.data) : 'unreachable';
}
