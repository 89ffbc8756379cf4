/** What the database refuses, worded for the person who is refused. The one place that translates the names of constraints. */

/** The constraints that a person's act can violate, each with what is wrong and what to do instead. */
export const REFUSED_BY: Readonly<Record<string, string>> = {
  decision_chain_operator_key:
    '经办与审核分离，同一事项一人只办理一个环节：此人已办理过本事项的另一环节，请由本岗位的其他人办理 (one person decides one link of a chain)',
  decision_pkey: '该事项已经办结，不能再办 (decided already)',
  decision_task_fkey: '没有这个事项，请以 tasks 列出待办事项 (no such task)',
  decision_fund_year_operator_fkey: '本年度的 operators.csv 中没有这个工号 (no such operator in this year)',
  collection_extension_document_check: '须填写延长征缴的文号 (an extension has a document number)',
  collection_extension_fund_year_area_fkey: '本年度没有这个统筹区 (no such area in this year)',
  collection_extension_fund_year_operator_fkey: '本年度的 operators.csv 中没有这个工号 (no such operator in this year)',
  collection_extension_pkey: '征缴期已经延长至这一天 (extended to this day before)',
  proof_pkey: '这个签名已经用过，请重新签名 (the signature has been used: sign again)',
  correction_reason_check: '须填写更正理由 (a correction has a reason)',
  document_says_something: '文号应含文字或数字 (a document number has a letter or a digit)',
  reason_says_something: '原因应含文字或数字 (a reason has a letter or a digit)',
  source_says_something: '来源应含文字或数字 (a source has a letter or a digit)',
  emergency_request_amount_check: '申请金额应大于 0 (the amount is above 0)',
  emergency_request_cause_check: '紧急调剂只限政策调整、突发重大疫情、医疗救治 (no such cause)',
  emergency_request_document_check: '须填写申请的文号 (a request has a document number)',
  emergency_request_fund_year_area_fkey: '本年度没有这个统筹区 (no such area in this year)',
  emergency_request_fund_year_scheme_area_document_key:
    '此文号的紧急调剂申请已经受理 (requested before by this document)',
};

/** Any other refusal of a constraint, or of a value, by its SQLSTATE: the longest matching prefix counts. */
const REFUSED_FOR: Readonly<Record<string, string>> = {
  '22': '有一项内容的格式或大小不合要求',
  '22P05': '有一项文本含数据库不能保存的字符（如 NUL）',
  '22021': '有一项文本含数据库不能保存的字符（如 NUL）',
  '23502': '缺少一项必填的内容',
  '23503': '所指的一项内容没有登记',
  '23505': '与已登记的内容重复',
  '23514': '有一项内容不合规定',
};

/** An error of the database, by the fields that the driver gives it. */
interface Refusing {
  code: string;
  message: string;
  constraint?: string;
}
const isRefusing = (error: unknown): error is Refusing =>
  error instanceof Error && 'severity' in error && 'code' in error && typeof error.code === 'string';

/**
 * The words of a refusal. The message of a trigger is already written for a person. The name of a constraint comes last, for
 * whoever runs the system. Undefined for an error that is not a refusal of the database.
 */
export function refusalOf(error: unknown): string | undefined {
  if (!isRefusing(error)) return undefined;
  const { code, message, constraint } = error;
  if (constraint !== undefined && Object.hasOwn(REFUSED_BY, constraint)) return REFUSED_BY[constraint];
  if (constraint === undefined && /^(23514|23001|P0|FZ)/.test(code)) return message;
  const words = REFUSED_FOR[code] ?? REFUSED_FOR[code.slice(0, 2)];
  return words === undefined ? undefined : `${words}，未办理 (refused by the database: ${constraint ?? message})`;
}
