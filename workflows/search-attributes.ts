/** Search attributes of the Temporal UI: what an operator filters and sorts the list of workflows by. */
// Imported from the single file: commands without Temporal use these names too, and the whole package is slow to load.
import { defineSearchAttributeKey } from '@temporalio/common/lib/search-attributes';

export const FUND_YEAR = defineSearchAttributeKey('FundYear', 'INT');
export const FUND_SCHEME = defineSearchAttributeKey('FundScheme', 'KEYWORD');
export const FUND_AREA = defineSearchAttributeKey('FundArea', 'KEYWORD');
/** 阶段: the step the workflow is in, in Chinese. */
export const FUND_STAGE = defineSearchAttributeKey('FundStage', 'KEYWORD');
/** What is waited for and from whom, e.g. `审批:自治区财政厅`; `—` when nobody is waited for. */
export const FUND_WAITING_FOR = defineSearchAttributeKey('FundWaitingFor', 'KEYWORD');
/** 办理人: the office that is waited for, e.g. `自治区财政厅`; `—` when nobody is. */
export const FUND_WAITING_ROLE = defineSearchAttributeKey('FundWaitingRole', 'KEYWORD');
export const FUND_DEADLINE = defineSearchAttributeKey('FundDeadline', 'KEYWORD');
/** 风险等级: the worst level of the last monthly check. */
export const FUND_LEVEL = defineSearchAttributeKey('FundLevel', 'KEYWORD');

export const SEARCH_ATTRIBUTES = [
  FUND_YEAR,
  FUND_SCHEME,
  FUND_AREA,
  FUND_STAGE,
  FUND_WAITING_FOR,
  FUND_WAITING_ROLE,
  FUND_DEADLINE,
  FUND_LEVEL,
] as const;
