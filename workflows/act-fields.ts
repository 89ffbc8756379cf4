/** The fields of a person's act as the form of the Temporal UI sends them: any JSON, or nothing. Each is judged by itself. */

interface Form {
  zh: string;
  required: boolean;
  /** What is wrong with a value of this field; undefined when it fits. */
  flaw: (value: unknown) => string | undefined;
}

/** What the database cannot store or a terminal would obey: control characters, and halves of surrogate pairs. */
const CONTROLS = /[\p{Cc}\p{Cs}]/u;
const CONTROLS_IN_LINES = /[^\P{Cc}\t\n\r]|\p{Cs}/u;

const text =
  (controls: RegExp) =>
  (value: unknown): string | undefined =>
    typeof value !== 'string'
      ? `应为文本，加引号；收到 ${JSON.stringify(value)}（text, in quotes）`
      : controls.test(value)
        ? `含不可见的控制字符（control characters）：${JSON.stringify(value)}`
        : undefined;

const filled = (value: unknown): string | undefined =>
  text(CONTROLS)(value) ?? ((value as string).trim() === '' ? '不能为空（must not be empty）' : undefined);

const wholeNumber = (value: unknown): string | undefined =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 999_999
    ? undefined
    : `应为正整数，不加引号；收到 ${JSON.stringify(value)}（a whole number from 1 on）`;

/** A passkey's assertion, with its certificates left out, is some hundreds of characters. */
const LONGEST_SIGNATURE = 10_000;
function signature(value: unknown): string | undefined {
  const parts = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const isWhole = ['key', 'time', 'nonce', 'signature'].every((part) => {
    const found = parts[part];
    return typeof found === 'string' && found !== '' && found.length <= LONGEST_SIGNATURE && !CONTROLS.test(found);
  });
  return isWhole ? undefined : '应为 fund sign 给出的 key、time、nonce、signature（as fund sign prints it）';
}

const FORMS: Readonly<Record<string, Form>> = {
  task: { zh: '事项', required: true, flaw: filled },
  operator: { zh: '工号', required: true, flaw: filled },
  decision: { zh: '办理', required: true, flaw: filled },
  figuresHash: { zh: '所见数字的校验值，见 fund tasks --json', required: true, flaw: text(CONTROLS) },
  version: { zh: '版本', required: false, flaw: wholeNumber },
  rowsHash: { zh: '所报版本各行的校验值', required: false, flaw: text(CONTROLS) },
  document: { zh: '文号', required: false, flaw: text(CONTROLS) },
  note: { zh: '原因或说明', required: false, flaw: text(CONTROLS_IN_LINES) },
  proof: { zh: '签名', required: false, flaw: signature },
};

const EXAMPLE = '{"task":"…","operator":"工号","decision":"approve","figuresHash":"…","document":"文号","proof":{…}}';

/** What is wrong with an act, field by field, in one sentence; null when every field fits. An empty field counts as not given. */
export function flawOfFields(given: unknown): string | null {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return `须填写办理内容，一个 JSON 对象，如 ${EXAMPLE}（the input is one JSON object）`;
  }
  const fields = given as Record<string, unknown>;
  const flaws = Object.entries(FORMS).flatMap(([name, { zh, required, flaw }]) => {
    const value = Object.hasOwn(fields, name) ? (fields[name] ?? undefined) : undefined;
    const found = value === undefined ? (required ? '没有填写（missing）' : undefined) : flaw(value);
    return found === undefined ? [] : [`${name}（${zh}）：${found}`];
  });
  return flaws.length === 0 ? null : flaws.join('；');
}
