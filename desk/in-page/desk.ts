/** The desk in the browser: it asks for the passkey, and keeps what was typed when the session is over. It loads nothing. */
declare const SimpleWebAuthnBrowser: typeof import('@simplewebauthn/browser');

interface Answer {
  /** Why it was refused, in a sentence for the person. */
  refused?: string;
  /** The session is over: log in again, and go on. */
  loggedOut?: true;
  /** What the passkey is asked. */
  options?: unknown;
  /** Where to go on. */
  to?: string;
  /** What the files that follow belong to. */
  delivery?: string;
}

const isChinese = document.documentElement.dataset.language !== 'en';
const say = (zh: string, en: string): string => (isChinese ? zh : en);

/** Sends fields as JSON, or a file as it is. Every answer is JSON; anything else comes from a proxy on the way, or from nobody. */
async function post(path: string, body: unknown): Promise<Answer> {
  const lost = say('办事台没有应答，请稍后再按一次。', 'The desk does not answer: try again later.');
  try {
    const response = await fetch(path, {
      method: 'POST',
      ...(body instanceof Blob
        ? { body, headers: { 'Content-Type': 'application/octet-stream' } }
        : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
    return (await response.json()) as Answer;
  } catch {
    return { refused: lost };
  }
}

type Ceremony = 'login' | 'enrol' | 'act';

/** One ceremony: the desk asks, the passkey answers, the desk judges. */
async function perform(ceremony: Ceremony, fields: Record<string, string>): Promise<Answer> {
  const begun = await post(`/${ceremony}/begin`, fields);
  if (begun.options === undefined) return begun;
  let response: unknown;
  try {
    const optionsJSON = begun.options as never;
    response =
      ceremony === 'enrol'
        ? await SimpleWebAuthnBrowser.startRegistration({ optionsJSON })
        : await SimpleWebAuthnBrowser.startAuthentication({ optionsJSON });
  } catch (error) {
    return { refused: notAsked(error) };
  }
  return post(`/${ceremony}/finish`, { response });
}

/** What the browser or the person did instead. */
function notAsked(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'InvalidStateError')
    return say('这个设备上已有您的通行密钥，请直接登录。', 'This device has a passkey of yours already: log in.');
  if (name === 'SecurityError')
    return say(
      '浏览器不允许在这一网址使用通行密钥：请从规定的网址（https）打开办事台。',
      'The browser allows no passkey at this address: open the desk at its own address.',
    );
  return say(
    '没有完成通行密钥验证，未办理任何事项。请再按一次。',
    'The passkey was not given, and nothing was done. Try again.',
  );
}

function fieldsOf(form: HTMLFormElement, submitter: HTMLElement | null): Record<string, string> {
  const fields: Record<string, string> = {};
  new FormData(form).forEach((value, name) => {
    if (typeof value === 'string') fields[name] = value;
  });
  if (submitter instanceof HTMLButtonElement && submitter.name !== '') fields[submitter.name] = submitter.value;
  return fields;
}

/** Brings the chosen files one after the other, then has them checked. */
async function bring(form: HTMLFormElement, fields: Record<string, string>): Promise<Answer> {
  const files = [...(form.querySelector<HTMLInputElement>('input[type=file]')?.files ?? [])];
  const status = form.querySelector('[role=status]');
  const begun = await post('/files/begin', { ...fields, files: files.map(({ name, size }) => ({ name, size })) });
  const { delivery } = begun;
  if (delivery === undefined) return begun;
  for (const [at, file] of files.entries()) {
    if (status !== null) {
      const how = `${file.name}（${at + 1}/${files.length}）`;
      status.textContent = say(`正在传送 ${how}`, `Sending ${how}`);
    }
    const put = await post(`/files/put?${new URLSearchParams({ delivery, name: file.name }).toString()}`, file);
    if (put.refused !== undefined) return put;
  }
  return post('/files/check', { delivery });
}

/** A form is an act under a passkey, or brings files, or is sent as it is. */
function send(form: HTMLFormElement, fields: Record<string, string>): Promise<Answer> {
  const { dataset } = form;
  if (dataset.files !== undefined) return bring(form, fields);
  return dataset.post === undefined ? perform(dataset.passkey as Ceremony, fields) : post(dataset.post, fields);
}

async function submit(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  const alert = form.querySelector('[role=alert]');
  const buttons = form.querySelectorAll('button');
  const tell = (words: string): void => {
    if (alert !== null) alert.textContent = words;
  };
  tell('');
  buttons.forEach((button) => (button.disabled = true));
  const answer = await send(form, fieldsOf(form, submitter));
  buttons.forEach((button) => (button.disabled = false));
  if (answer.to !== undefined) {
    location.assign(answer.to);
    return;
  }
  tell(answer.refused ?? say('办事台没有说明原因。', 'The desk gave no reason.'));
  if (answer.loggedOut) alert?.append(loginButton(form, submitter));
}

/** Logs in without leaving the page, and goes on with what was typed. */
function loginButton(form: HTMLFormElement, submitter: HTMLElement | null): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = say('登录并继续', 'Log in and go on');
  button.addEventListener('click', () => {
    void perform('login', {}).then((answer) => {
      if (answer.to !== undefined) return submit(form, submitter);
      button.before(`${answer.refused ?? ''} `);
      return undefined;
    });
  });
  return button;
}

for (const form of document.querySelectorAll<HTMLFormElement>(
  'form[data-passkey], form[data-post], form[data-files]',
)) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit(form, event.submitter);
  });
}
