/** Pages that show nothing: why, and what to do. */
import { type Text, markup, text } from '../../web/text';
import type { Page } from '../frame';
import type { TooManyTries } from '../limits';

const page = (title: Text, words: Text): Page => ({
  title,
  body: markup`<p class="lead">${words}</p><p><a href="/">${text('回到我的事项', 'Back to my tasks')}</a></p>`,
});

export const notHerePage = (): Page =>
  page(
    text('没有这一页', 'No such page'),
    text('没有这一页，或者不在您可以查看的范围内。', 'There is no such page, or it is not for you to see.'),
  );

export const noOfficePage = (): Page =>
  page(
    text('尚无可以办理的事项', 'Nothing to act on'),
    text(
      '已登录，但您尚未任命，或已离任：任命由自治区医保局两人办理，办理后重新打开本页。',
      'You are logged in, but hold no office: two of the region’s security bureau appoint. Open this page again afterwards.',
    ),
  );

export const foreignPage = (origin: string): Page =>
  page(
    text('不予受理', 'Refused'),
    text(
      `这一请求不是从办事台的页面发出的：请从 ${origin} 打开办事台再办理。`,
      `This request did not come from a page of the desk: open the desk at ${origin} and act there.`,
    ),
  );

export const tooManyPage = ({ message }: TooManyTries): Page =>
  page(text('请稍后再试', 'Try again later'), { zh: message, en: message });

export const lostPage = (): Page =>
  page(
    text('暂时不能显示', 'Not available'),
    text(
      '办事台暂时取不到数据。没有办理任何事项；请稍后再试，仍不行时告诉信息技术人员。',
      'The desk cannot reach its data. Nothing was done; try again later, and tell IT if it stays so.',
    ),
  );
