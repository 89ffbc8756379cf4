/** The frame of every page: what stands above and below its content. Both languages are in it, and the style shows one. */
import { type Html, type Language, type Text, markup, text } from '../web/text';
import type { Viewer } from './viewer';

export interface Shown {
  language: Language;
  viewer: Viewer | null;
  /** Path and query of the page, to show it again in the other language. */
  here: string;
}

export const TITLE = text('医保基金年度办事台', 'Desk of the fund year');

const PAGES: readonly { path: string; name: Text; ofRegion?: true }[] = [
  { path: '/', name: text('我的事项', 'My tasks') },
  { path: '/other', name: text('其他办理', 'Other acts') },
  { path: '/files', name: text('文件', 'Files') },
  { path: '/year', name: text('年度', 'The year') },
  { path: '/trail', name: text('办理记录', 'Trail') },
  { path: '/joint', name: text('双人办理', 'Signed by two'), ofRegion: true },
];

/** The same page in the other language. A path that begins with two slashes would be an address of another host. */
export function otherLanguage({ language, here }: Shown): string {
  const url = urlOf(here);
  url.searchParams.set('lang', language === 'zh' ? 'en' : 'zh');
  return `${url.pathname.replace(/^\/+/, '/')}${url.search}`;
}

const urlOf = (here: string): URL => new URL(`http://desk${here}`);

export interface Page {
  title: Text;
  body: Html;
}

/** The whole page. It asks for nothing but the style, the script and the library of passkeys, all of them the desk's own. */
export function framed(shown: Shown, { title, body }: Page): string {
  const { language, viewer, here } = shown;
  const { pathname } = urlOf(here);
  const links = PAGES.filter(({ ofRegion }) => !ofRegion || viewer?.isOfRegion).map(({ path, name }) => {
    const isHere = path === '/' ? ['/', '/task', '/budget'].includes(pathname) : pathname.startsWith(path);
    return markup`<li><a href="${path}"${isHere ? markup` aria-current="page"` : ''}>${name}</a></li>`;
  });
  const person =
    viewer === null
      ? ''
      : markup`<nav aria-label="${text('栏目', 'Pages')[language]}"><ul>${links}</ul></nav>
<form method="post" action="/logout" class="person"><span>${viewer.name}<small>${viewer.officeName(viewer.usualYear)}</small></span>
<button type="submit" class="quiet">${text('退出', 'Log out')}</button></form>`;
  return markup`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}" data-language="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title[language]} · ${TITLE[language]}</title>
<link rel="stylesheet" href="/desk.css">
<link rel="icon" href="/desk.svg" type="image/svg+xml">
<script src="/passkeys.js" defer></script>
<script src="/desk.js" defer></script>
</head>
<body>
<a class="skip" href="#content">${text('跳到正文', 'Skip to the content')}</a>
<header class="top"><div class="bar">
<p class="name"><a href="/">${TITLE}</a></p>
${person}
<a class="language" href="${otherLanguage(shown)}" lang="${language === 'zh' ? 'en' : 'zh-CN'}">${language === 'zh' ? 'English' : '中文'}</a>
</div></header>
<main id="content">
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`.source;
}
