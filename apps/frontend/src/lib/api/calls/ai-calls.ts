import {
  type AiService,
  chainReport,
  clinicGuideline,
  type GuidelineFacts,
  listOf,
  pricingStats,
} from '@medcall/shared-types';
import { z } from 'zod';
import type { Http } from '../http.ts';
import type { UploadOptions } from '../upload.ts';

/** A summary that comes with the installation: what a list shows of it. */
const commonGuideline = z.object({
  id: z.string(),
  title: z.string(),
  source: z.string(),
  year: z.number(),
  url: z.string(),
  review_due: z.string(),
});
export type CommonGuideline = z.infer<typeof commonGuideline>;

const guidelineList = listOf(z.union([clinicGuideline, commonGuideline]));
const uploadDeadlineMs = 120_000;

/** Cost of the engines and the guidelines that questions rest on. */
export function aiCalls(http: Http) {
  const id = encodeURIComponent;
  return {
    costs: (query: { period: 'day' | 'week' | 'month'; doctor_id?: string; service?: AiService }) =>
      http({ path: '/api/ai-pricing/stats', query, answer: pricingStats }),
    guidelines: () => http({ path: '/api/guidelines', answer: guidelineList }),
    addGuidelineText: (facts: GuidelineFacts, markdown: string, options: UploadOptions) =>
      http({
        method: 'POST',
        path: '/api/guidelines',
        body: { ...facts, markdown },
        answer: clinicGuideline,
        deadlineMs: uploadDeadlineMs,
        ...options,
      }),
    addGuidelinePdf: (facts: GuidelineFacts, pdf: Blob, options: UploadOptions) =>
      http({
        method: 'POST',
        path: '/api/guidelines',
        query: facts,
        file: { type: 'application/pdf', content: pdf },
        answer: clinicGuideline,
        deadlineMs: uploadDeadlineMs,
        ...options,
      }),
    setGuidelineActive: (guidelineId: string, active: boolean) =>
      http({
        method: 'PATCH',
        path: `/api/guidelines/${id(guidelineId)}`,
        body: { active },
        answer: clinicGuideline,
      }),
    verifyAudit: () => http({ path: '/api/audit/verify', answer: chainReport, deadlineMs: 60_000 }),
  };
}
