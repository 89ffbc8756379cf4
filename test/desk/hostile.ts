/** What somebody might type who would rather break something. */
export const HOSTILE = [
  `'; drop table fund.task; --`,
  `" onfocus="alert(1)" x="`,
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  ':year ?1 $1 %s',
  '\u202egnp.exe\u0000\u0007',
  '../../etc/passwd',
  '__proto__',
];
