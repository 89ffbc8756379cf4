/** Parts that several forms have: the form that a passkey signs, and what persons are asked in more than one of them. */
import { type Html, type Text, markup, text } from '../web/text';
import type { Viewer } from './viewer';

/** A form whose content the person signs. `hidden` says what it is about, by names; what is refused appears below its buttons. */
export function signedForm(
  { operator }: Viewer,
  hidden: Record<string, string | number>,
  { fields, buttons }: { fields: Html; buttons: Html },
): Html {
  const about = Object.entries({ ...hidden, operator }).map(([name, value]) => hiddenField(name, value));
  return markup`<form class="act" data-passkey="act">
${about}
${fields}
${buttons}
<p role="alert"></p>
</form>`;
}

export const hiddenField = (name: string, value: string | number): Html =>
  markup`<input type="hidden" name="${name}" value="${value}">`;

export const submitButton = (name: Text): Html => markup`<button type="submit">${name}</button>`;

export const option = (value: string | number, name: string): Html => markup`<option value="${value}">${name}</option>`;

export const documentField = (label: Text): Html =>
  markup`<label>${label}<input name="document" required maxlength="200" autocomplete="off"></label>`;

export const reasonField = (label: Text): Html =>
  markup`<label>${label}<textarea name="reason" rows="2" required maxlength="2000"></textarea></label>`;

/** Of what is about payments or persons. */
export const WHY_WITHOUT_IDS = text('理由（不写个人证件号）', 'Why, without any person’s id');
