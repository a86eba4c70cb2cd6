import { z } from 'zod';
import { REPORT_SUBJECTS } from '../model/saved-report.js';

/** A definition as it is stored, without its name: another inventory may have brought it, and another hand written it. */
export const savedReportSchema = z.object({
  title: z.string().nullable(),
  of: z.enum(REPORT_SUBJECTS),
  fields: z.string().nullable(),
  where: z.string().nullable(),
  sort: z.string().nullable(),
  limit: z.int().positive().nullable(),
  outcomes: z.boolean(),
  format: z.string(),
  out: z.string(),
  schedule: z.string().nullable(),
  recipients: z.array(z.string()),
});
