/** Every act of the fund, on one pool of connections of the role `fund_worker`. */
import type { Database } from '../db/connect';
import { createAgreementActivities } from './agreement';
import { createBeginningActivities } from './begin-year';
import { createBookActivities } from './books';
import { createBudgetActivities } from './budgets/acts';
import { createAdjustmentActivities } from './budgets/adjustments';
import { createClosingActivities } from './close-year';
import { createCollectionActivities } from './collection/acts';
import { createEmergencyActivities } from './emergency';
import { createEvaluationActivities } from './evaluation/acts';
import { createReportActivities } from './execution-reports';
import { createRiskReportActivities } from './risk-reports';
import { createFileActivities } from './files';
import { createLevyActivities } from './levy';
import { createMonthlyActivities } from './monthly-check';
import { createOpeningActivities } from './open-year';
import { createPaymentActivities } from './payments/acts';
import { createPeopleActivities } from './people';
import { createProgressActivities } from './progress';
import { createRateActivities } from './rates';
import { createReopeningActivities } from './reopen';
import { createReleaseActivities } from './collection/release';
import { createSharingActivities } from './sharing/acts';
import { createSubsidyActivities } from './subsidy';

export const createActivities = (database: Database) => ({
  ...createBeginningActivities(database),
  ...createOpeningActivities(database),
  ...createCollectionActivities(database),
  ...createBudgetActivities(database),
  ...createAdjustmentActivities(database),
  ...createPeopleActivities(database),
  ...createFileActivities(database),
  ...createProgressActivities(database),
  ...createBookActivities(database),
  ...createRateActivities(database),
  ...createLevyActivities(database),
  ...createMonthlyActivities(database),
  ...createReportActivities(database),
  ...createRiskReportActivities(database),
  ...createAgreementActivities(database),
  ...createSubsidyActivities(database),
  ...createPaymentActivities(database),
  ...createSharingActivities(database),
  ...createReopeningActivities(database),
  ...createReleaseActivities(database),
  ...createEmergencyActivities(database),
  ...createEvaluationActivities(database),
  ...createClosingActivities(database),
});
export type FundActivities = ReturnType<typeof createActivities>;
