/** 登录 and 登记: the two pages for those who are not logged in. */
import { markup, text } from '../../web/text';
import { pathWithin } from '../ceremonies';
import type { Request } from '../desk';
import type { Page } from '../frame';

const NO_SCRIPT = markup`<noscript><p class="notice">${text('通行密钥须在允许脚本的浏览器中使用。', 'A passkey needs a browser that allows scripts.')}</p></noscript>`;

export function loginPage(request: Request): Page {
  return {
    title: text('登录', 'Log in'),
    body: markup`<p class="lead">${text('用您的通行密钥（指纹、人脸、设备密码或安全密钥）登录，不用口令。', 'Log in with your passkey (finger, face, the lock of your device or a security key). There is no password.')}</p>
${NO_SCRIPT}
<form class="act" data-passkey="login">
<input type="hidden" name="to" value="${pathWithin(request.req.query('to'))}">
<button type="submit">${text('登录', 'Log in')}</button>
<p role="alert"></p>
</form>
<p class="note">${text('还没有通行密钥：凭邀请码', 'No passkey yet? With an invitation, ')}<a href="/enrol">${text('登记', 'enrol')}</a>${text('。邀请码由自治区信息技术人员当面交给您本人，72 小时内有效，只能用一次。', '. It is handed to you in person by the region’s IT, holds for 72 hours and works once.')}</p>`,
  };
}

export function enrolPage(request: Request): Page {
  return {
    title: text('登记通行密钥', 'Enrol a passkey'),
    body: markup`<p class="lead">${text('通行密钥留在您的设备上，代表您本人签名。请在您自己的设备上登记，不要替别人登记。', 'A passkey stays on your device and signs for you. Enrol on a device of your own, and for nobody else.')}</p>
${NO_SCRIPT}
<form class="act" data-passkey="enrol">
<label>${text('邀请码', 'Invitation')}<input name="code" value="${request.req.query('code') ?? ''}" autocomplete="off" autocapitalize="none" spellcheck="false" required maxlength="100"></label>
<button type="submit">${text('登记', 'Enrol')}</button>
<p role="alert"></p>
</form>
<p class="note"><a href="/login">${text('已经登记过，去登录', 'Enrolled already? Log in')}</a></p>`,
  };
}
